package io.github.totpguard.harness;

import java.util.List;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Users and credentials as representations for the admin API. */
public final class People {

    private People() {}

    /** A user who is enabled and has a verified e-mail address and names; the password is the user name. */
    public static UserRepresentation person(String username) {
        UserRepresentation person = new UserRepresentation();
        person.setUsername(username);
        person.setEmail(username + "@example.org");
        person.setEmailVerified(true);
        person.setFirstName(username);
        person.setLastName("Tester");
        person.setEnabled(true);
        person.setCredentials(List.of(password(username)));
        return person;
    }

    public static CredentialRepresentation password(String password) {
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType("password");
        credential.setValue(password);
        return credential;
    }

    /** A plaintext device: SHA-1, six digits, 30 seconds. */
    public static CredentialRepresentation plaintextOtp(String label, String base32Secret) {
        return plaintextOtp(label, base32Secret, 30);
    }

    /** A plaintext device: SHA-1, six digits. */
    public static CredentialRepresentation plaintextOtp(String label, String base32Secret, int periodSeconds) {
        return plaintextOtp(
                label,
                base32Secret,
                "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":" + periodSeconds
                        + ",\"algorithm\":\"HmacSHA1\",\"secretEncoding\":\"BASE32\"}");
    }

    public static CredentialRepresentation plaintextOtp(String label, String secret, String credentialData) {
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType("otp");
        credential.setUserLabel(label);
        credential.setSecretData("{\"value\":\"" + secret + "\"}");
        credential.setCredentialData(credentialData);
        return credential;
    }
}
