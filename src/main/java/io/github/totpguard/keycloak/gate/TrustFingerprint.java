package io.github.totpguard.keycloak.gate;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * The fingerprint of what trust in a browser depends on: the user's password, the second factors, and that the user was
 * not signed out since. It is compared at each use, so that every change of these ends all trust, however the change
 * was made.
 */
public final class TrustFingerprint {
    private TrustFingerprint() {}

    /**
     * The fingerprint as a hash, because it is only compared with other fingerprints. A password that another system
     * stores is not part of it.
     */
    public static String of(GuardedUser guarded) {
        Stream<String> password = guarded.user()
                .credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                // If a password is changed, Keycloak keeps its id. If it is only hashed again, Keycloak keeps its date.
                .map(credential -> credential.getId() + "@" + credential.getCreatedDate());
        UserFactors factors = guarded.factors();
        Stream<String> lasting = factors.kinds().stream()
                .filter(SecondFactor::lasts)
                .flatMap(factor -> factors.ids(factor).stream())
                .sorted();
        // Set when an administrator signs out the user or all users.
        Stream<String> signedOut = Stream.of(
                        guarded.session().users().getNotBeforeOfUser(guarded.realm(), guarded.user()),
                        guarded.realm().getNotBefore())
                .map(String::valueOf);
        return hash(Stream.of(password, lasting, signedOut)
                .map(part -> part.collect(Collectors.joining(",")))
                .collect(Collectors.joining(";")));
    }

    private static String hash(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
