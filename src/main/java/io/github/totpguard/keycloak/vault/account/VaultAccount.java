package io.github.totpguard.keycloak.vault.account;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.io.IOException;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/**
 * An account of another service, without its secret: the content of the credential's data.
 *
 * @param issuer the service that issued the account
 * @param account the account name at the service
 * @param firstCounter the counter that it was stored with; 0 for time-based codes
 * @param bits the length of the secret
 * @param group the group in the list that the owner chose
 * @param pinned whether the owner pinned it to the top of the list
 */
public record VaultAccount(
        Optional<String> issuer,
        String account,
        OtpParameters parameters,
        long firstCounter,
        int bits,
        Optional<String> group,
        boolean pinned) {
    /** A secret with fewer bits counts as weak (RFC 4226 section 4 R6). */
    private static final int STRONG_BITS = 128;

    public static VaultAccount of(OtpAuthUri uri, Optional<String> group, boolean pinned) {
        return new VaultAccount(
                uri.issuer(),
                uri.account(),
                uri.parameters(),
                uri.counter().orElse(0),
                uri.secret().bits(),
                group,
                pinned);
    }

    /** @throws UnreadableAccountException if the text does not have the format of {@link #data} */
    static VaultAccount read(String data) throws UnreadableAccountException {
        try {
            Stored stored = data == null ? null : JsonSerialization.readValue(data, Stored.class);
            if (stored == null || stored.account() == null) {
                throw new UnreadableAccountException("no data");
            }
            return stored.toAccount();
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableAccountException("data");
        }
    }

    String data() {
        try {
            return JsonSerialization.writeValueAsString(Stored.of(this));
        } catch (IOException e) {
            throw new IllegalStateException("Writing an account as JSON failed", e);
        }
    }

    /** {@code totp}, {@code hotp} or {@code steam}. */
    public String type() {
        if (parameters instanceof OtpParameters.Hotp) {
            return "hotp";
        }
        return parameters instanceof OtpParameters.Steam ? "steam" : "totp";
    }

    /** Seconds; empty for a counter-based code. */
    public Optional<Integer> period() {
        return parameters instanceof OtpParameters.TimeBased timeBased
                ? Optional.of(timeBased.periodSeconds())
                : Optional.empty();
    }

    public boolean isWeak() {
        return bits < STRONG_BITS;
    }

    public VaultAccount withGroupAndPin(Optional<String> newGroup, boolean newPinned) {
        return new VaultAccount(issuer, account, parameters, firstCounter, bits, newGroup, newPinned);
    }

    private static OtpParameters parameters(String type, OtpAlgorithm algorithm, int digits, Integer period) {
        return switch (type) {
            case "totp" -> new OtpParameters.Totp(algorithm, digits, period == null ? 0 : period);
            case "hotp" -> new OtpParameters.Hotp(algorithm, digits);
            case "steam" -> new OtpParameters.Steam();
            default -> throw new IllegalArgumentException("unknown type");
        };
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Stored(
            @JsonProperty("issuer") String issuer,
            @JsonProperty("account") String account,
            @JsonProperty("type") String type,
            @JsonProperty("algorithm") String algorithm,
            @JsonProperty("digits") int digits,
            @JsonProperty("period") Integer period,
            @JsonProperty("counter") Long counter,
            @JsonProperty("bits") int bits,
            @JsonProperty("group") String group,
            @JsonProperty("pinned") boolean pinned) {

        static Stored of(VaultAccount account) {
            return new Stored(
                    account.issuer().orElse(null),
                    account.account(),
                    account.type(),
                    account.parameters().algorithm().name(),
                    account.parameters().digits(),
                    account.period().orElse(null),
                    account.period().isPresent() ? null : account.firstCounter(),
                    account.bits(),
                    account.group().orElse(null),
                    account.pinned());
        }

        VaultAccount toAccount() {
            if (type == null || algorithm == null || counter != null && counter < 0) {
                throw new IllegalArgumentException("incomplete");
            }
            return new VaultAccount(
                    Optional.ofNullable(issuer),
                    account,
                    parameters(type, OtpAlgorithm.valueOf(algorithm), digits, period),
                    counter == null ? 0 : counter,
                    bits,
                    Optional.ofNullable(group),
                    pinned);
        }
    }
}
