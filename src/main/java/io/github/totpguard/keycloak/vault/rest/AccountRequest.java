package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.AccountReading;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import io.github.totpguard.core.uri.OtpAuthReader;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.core.uri.SecretLikeness;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.services.ErrorResponseException;

/**
 * An account in a request: as a URI, or as separate fields.
 *
 * @param group a name of up to {@value #MAX_GROUP} characters
 */
record AccountRequest(AccountReading read, Optional<String> group, boolean pinned) {
    private static final int MAX_GROUP = 100;

    /** @throws jakarta.ws.rs.WebApplicationException with status 400, the reason, and no part of the secret */
    static AccountRequest read(RequestBody body) {
        AccountReading read = body.has("uri") || !body.has("secret") ? fromUri(body) : fromFields(body);
        return new AccountRequest(read, group(body), body.flag("pinned").orElse(false));
    }

    OtpAuthUri uri() {
        return read.account();
    }

    /** The group in the list that the owner chose; empty if there is none. */
    static Optional<String> group(RequestBody body) {
        Optional<String> group = body.text("group").map(String::strip).filter(name -> !name.isEmpty());
        group.filter(SecretLikeness::isIn).ifPresent(name -> {
            throw RequestBody.invalid("The group looks like a secret, and groups are shown. Choose another name");
        });
        group.filter(name -> name.length() > MAX_GROUP || name.chars().anyMatch(Character::isISOControl))
                .ifPresent(name -> {
                    throw RequestBody.invalid(
                            "A group has up to " + MAX_GROUP + " characters, and no control characters");
                });
        return group;
    }

    private static AccountReading fromUri(RequestBody body) {
        if (!body.hasText("uri")) {
            throw VaultResponses.refused(
                    Status.BAD_REQUEST,
                    "Missing or invalid TOTP URI",
                    "The body needs a text \"uri\" that begins with otpauth://, or the fields account and secret");
        }
        try {
            return OtpAuthReader.read(body.text("uri").orElseThrow());
        } catch (InvalidOtpAuthUriException e) {
            throw VaultResponses.invalidAccount("Invalid TOTP URI", e.reason(), e.getMessage());
        }
    }

    private static AccountReading fromFields(RequestBody body) {
        OtpParameters parameters = parameters(body);
        OtpSecret secret = field(
                Reason.SECRET_INVALID,
                () -> OtpSecret.ofBase32(body.text("secret").orElse("")));
        Optional<String> issuer = body.text("issuer").filter(name -> !OtpAuthUri.isBlank(name));
        String account = body.text("account").orElse("");
        try {
            issuer.ifPresent(name -> SecretLikeness.checkName("issuer", name, secret));
            SecretLikeness.checkName("account", account, secret);
            OtpAuthUri uri = new OtpAuthUri(
                    issuer,
                    account,
                    secret,
                    parameters,
                    parameters instanceof OtpParameters.Hotp
                            ? OptionalLong.of(body.number("counter").orElse(0L))
                            : OptionalLong.empty());
            return new AccountReading(uri, Set.of());
        } catch (InvalidOtpAuthUriException e) {
            throw invalid(e.reason(), e.getMessage());
        }
    }

    private static OtpParameters parameters(RequestBody body) {
        return switch (body.text("type").orElse("totp").toLowerCase(Locale.ROOT)) {
            case "totp" -> totp(hotp(body), integer(body, "period", OtpParameters.Totp.DEFAULT.periodSeconds()));
            case "hotp" -> hotp(body);
            // Steam codes have no parameters.
            case "steam" -> new OtpParameters.Steam();
            default -> throw invalid(Reason.TYPE, "The type is totp, hotp or steam");
        };
    }

    private static OtpParameters.Totp totp(OtpParameters.Hotp counted, int periodSeconds) {
        return field(Reason.PERIOD, () -> new OtpParameters.Totp(counted.algorithm(), counted.digits(), periodSeconds));
    }

    private static OtpParameters.Hotp hotp(RequestBody body) {
        OtpAlgorithm algorithm =
                body.text("algorithm").map(AccountRequest::algorithm).orElse(OtpParameters.Totp.DEFAULT.algorithm());
        int digits = integer(body, "digits", OtpParameters.Totp.DEFAULT.digits());
        return field(Reason.DIGITS, () -> new OtpParameters.Hotp(algorithm, digits));
    }

    private static OtpAlgorithm algorithm(String name) {
        return OtpAlgorithm.ofName(name)
                .orElseThrow(() -> invalid(Reason.ALGORITHM, "The algorithm is SHA1, SHA256 or SHA512"));
    }

    /** Reads a field with the core. The core's messages contain no part of the secret. */
    private static <T> T field(Reason ifRefused, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw invalid(ifRefused, e.getMessage());
        }
    }

    private static ErrorResponseException invalid(Reason reason, String details) {
        return VaultResponses.invalidAccount("Invalid account", reason, details);
    }

    private static int integer(RequestBody body, String field, int defaultValue) {
        long number = body.number(field).orElse((long) defaultValue);
        // A number outside of the int range is invalid for every field, so its exact value does not matter.
        return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, number));
    }
}
