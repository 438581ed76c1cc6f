package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.core.transfer.Exports;
import io.github.totpguard.core.transfer.crypto.BusyException;
import io.github.totpguard.core.transfer.crypto.CryptoUnavailableException;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.keycloak.vault.account.AccountStore;
import io.github.totpguard.keycloak.vault.account.RequestPause;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;

/**
 * All accounts that the caller owns, including their secrets, as a file for another app. Accounts that other users
 * share with the caller are not included.
 */
final class ExportResource {
    /** The header with the number of accounts that are not in the file because they cannot be used. */
    static final String LEFT_OUT = "Totp-Guard-Left-Out";

    private static final Logger LOG = Logger.getLogger(ExportResource.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MIN_PASSWORD_LENGTH = 8;

    /** For encrypted exports, because each of them derives a key, which takes 32 MiB. */
    private static final Places PLACES = new Places(2);

    private final List<OtpAuthUri> accounts = new ArrayList<>();
    private int leftOut;

    private ExportResource(VaultCaller caller) {
        AccountStore stored = AccountStore.of(caller.asUser());
        stored.all().forEach(credential -> add(stored, credential));
    }

    static Response answer(VaultCaller caller, RequestBody body) {
        String format = body.text("format").orElse("");
        if (!format.equals("otpauth") && !format.equals("aegis")) {
            throw RequestBody.invalid("The field format must be otpauth or aegis");
        }
        char[] password = body.text("password").orElse("").toCharArray();
        try {
            if (format.equals("aegis") && password.length < MIN_PASSWORD_LENGTH) {
                throw RequestBody.invalid(
                        "An encrypted file needs a password of " + MIN_PASSWORD_LENGTH + " characters");
            }
            return VaultResponses.answering(
                    () -> format.equals("aegis") ? inPlace(caller, password) : new ExportResource(caller).list(caller));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Response inPlace(VaultCaller caller, char[] password) {
        try {
            return PLACES.run(caller.realm().getId(), caller.user().getId(), () -> new ExportResource(caller)
                    .vault(caller, password));
        } catch (Places.NoPlaceException e) {
            throw VaultResponses.busy(
                    e.own()
                            ? "Your export before this one has not ended yet. Try again when it has"
                            : "Other users are exporting. Try again in a few seconds");
        }
    }

    private void add(AccountStore stored, CredentialModel credential) {
        try {
            accounts.add(stored.uri(credential));
        } catch (UnreadableAccountException e) {
            leftOut++;
        }
    }

    private Response list(VaultCaller caller) {
        return done(
                caller,
                VaultResponses.file(
                        "vault-otpauth.txt",
                        MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"),
                        Exports.otpauthList(accounts)));
    }

    private Response vault(VaultCaller caller, char[] password) {
        // All accounts have been read. Deriving the key needs no database.
        RequestPause.begin(caller.session());
        return done(
                caller, VaultResponses.file("vault-aegis.json", MediaType.APPLICATION_JSON_TYPE, encrypted(password)));
    }

    private Response done(VaultCaller caller, Response file) {
        VaultEvent.of(caller, "exported").count(accounts.size()).done();
        return Response.fromResponse(file).header(LEFT_OUT, leftOut).build();
    }

    private String encrypted(char[] password) {
        try {
            return Exports.aegisEncrypted(accounts, password, RANDOM);
        } catch (BusyException e) {
            throw VaultResponses.busy("Another file is being encrypted or opened. Try again in a few seconds");
        } catch (CryptoUnavailableException e) {
            LOG.errorf(e, "Encrypted export failed: %s", e.getMessage());
            throw VaultResponses.refused(
                    Status.SERVICE_UNAVAILABLE,
                    "crypto_unavailable",
                    "This server cannot encrypt for Aegis. Export as otpauth instead");
        }
    }
}
