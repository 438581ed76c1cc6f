package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.UniqueLabel;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * The credentials that stand for trusted browsers: they make trust visible and removable in the consoles. They hold nothing
 * by which anybody could be let in.
 */
final class StoredBrowsers {
    /** What fits into Keycloak\'s column. */
    private static final int MAX_LABEL_LENGTH = 255;

    private final SubjectCredentialManager credentials;

    private StoredBrowsers(SubjectCredentialManager credentials) {
        this.credentials = credentials;
    }

    static StoredBrowsers of(UserModel user) {
        return new StoredBrowsers(user.credentialManager());
    }

    Set<String> ids() {
        return credentials
                .getStoredCredentialsByTypeStream(GuardNames.TRUSTED_BROWSER)
                .map(CredentialModel::getId)
                .collect(Collectors.toSet());
    }

    /** The name under which the user finds it; empty if it is not stored. */
    Optional<String> label(String id) {
        return credentials
                .getStoredCredentialsByTypeStream(GuardNames.TRUSTED_BROWSER)
                .filter(credential -> credential.getId().equals(id))
                .map(CredentialModel::getUserLabel)
                .findFirst();
    }

    /**
     * @param name of browser and system; numbered if there is one already, because Keycloak wants labels to be unique
     * @return the label
     */
    String add(String id, String name, Instant now, Instant end) {
        CredentialModel credential = new CredentialModel();
        credential.setId(id);
        credential.setType(GuardNames.TRUSTED_BROWSER);
        credential.setUserLabel(unused(name));
        credential.setCreatedDate(now.toEpochMilli());
        credential.setSecretData("{}");
        credential.setCredentialData(data(end));
        credentials.createStoredCredential(credential);
        // Keycloak begins with the first credential that its flow can use, and a code would be asked for before.
        credentials.moveStoredCredentialTo(id, null);
        return credential.getUserLabel();
    }

    void remove(Collection<String> ids) {
        ids.forEach(credentials::removeStoredCredentialById);
    }

    void removeAll() {
        remove(ids());
    }

    private String unused(String name) {
        List<String> taken = credentials
                .getStoredCredentialsStream()
                .map(CredentialModel::getUserLabel)
                .filter(Objects::nonNull)
                .toList();
        return new UniqueLabel(taken, MAX_LABEL_LENGTH, number -> " (" + number + ")").of(name);
    }

    private static String data(Instant end) {
        try {
            return JsonSerialization.writeValueAsString(Map.of("expires", end.toString()));
        } catch (IOException e) {
            throw new IllegalStateException("A date does not become JSON", e);
        }
    }
}
