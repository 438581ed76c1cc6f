package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.UniqueLabel;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * The credentials that represent trusted browsers. They make trust visible and removable in the consoles. They contain
 * nothing that could be used to log in.
 */
final class StoredBrowsers {
    /** The length of Keycloak's column. */
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

    /** The name that the user sees; empty if the browser is not stored. */
    Optional<String> label(String id) {
        return credentials
                .getStoredCredentialsByTypeStream(GuardNames.TRUSTED_BROWSER)
                .filter(credential -> credential.getId().equals(id))
                .map(CredentialModel::getUserLabel)
                .findFirst();
    }

    /**
     * @param name of browser and system; it gets a number if the user has a credential with this name, because Keycloak
     *     requires unique labels
     * @return the label
     */
    String add(String id, String name, Instant now, Instant end) {
        CredentialModel credential = new CredentialModel();
        credential.setId(id);
        credential.setType(GuardNames.TRUSTED_BROWSER);
        credential.setUserLabel(uniqueLabel(name));
        credential.setCreatedDate(now.toEpochMilli());
        credential.setSecretData("{}");
        credential.setCredentialData(data(end));
        credentials.createStoredCredential(credential);
        // The credential is moved to the front. Keycloak starts with the first credential that its flow can use, and
        // would otherwise ask for a code first.
        credentials.moveStoredCredentialTo(id, null);
        return credential.getUserLabel();
    }

    void remove(Collection<String> ids) {
        ids.forEach(credentials::removeStoredCredentialById);
    }

    void removeAll() {
        remove(ids());
    }

    private String uniqueLabel(String name) {
        return new UniqueLabel(UniqueLabel.allOf(credentials), MAX_LABEL_LENGTH, number -> " (" + number + ")")
                .of(name);
    }

    private static String data(Instant end) {
        try {
            return JsonSerialization.writeValueAsString(Map.of("expires", end.toString()));
        } catch (IOException e) {
            throw new IllegalStateException("The expiry date cannot be written as JSON", e);
        }
    }
}
