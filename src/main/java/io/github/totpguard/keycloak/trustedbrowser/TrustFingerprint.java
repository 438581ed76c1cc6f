package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.gate.GuardedUser;
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
 * What trust in a browser rests on: the password there was, the second factors there were, and that nobody has signed the
 * user out since. It is compared at each use, so whatever changes it ends all trust, however it came about.
 */
final class TrustFingerprint {
    private TrustFingerprint() {}

    /** A hash, because it is compared with nothing but itself. Whose password another system keeps has none here. */
    static String of(GuardedUser guarded) {
        Stream<String> password = guarded.user().credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                // Keycloak keeps the id of a password that is changed, and the date of one that is only hashed anew.
                .map(credential -> credential.getId() + "@" + credential.getCreatedDate());
        UserFactors factors = guarded.factors();
        Stream<String> lasting = factors.kinds().stream()
                .filter(SecondFactor::lasts)
                .flatMap(factor -> factors.ids(factor).stream())
                .sorted();
        // Set when an administrator signs the user, or everybody, out.
        Stream<String> signedOut = Stream.of(guarded.session().users().getNotBeforeOfUser(guarded.realm(), guarded.user()), guarded.realm().getNotBefore())
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
