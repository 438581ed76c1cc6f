package io.github.totpguard.keycloak.gate.session;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/** A user's second factors at the time of reading. */
public final class UserFactors {
    private final Map<SecondFactor, List<CredentialModel>> credentials;

    private UserFactors(Map<SecondFactor, List<CredentialModel>> credentials) {
        this.credentials = credentials;
    }

    public static UserFactors of(UserModel user) {
        return new UserFactors(user.credentialManager()
                .getStoredCredentialsStream()
                .filter(credential -> SecondFactor.ofType(credential.getType()).isPresent())
                .collect(Collectors.groupingBy(
                        credential -> SecondFactor.ofType(credential.getType()).orElseThrow(),
                        () -> new EnumMap<>(SecondFactor.class),
                        Collectors.toList())));
    }

    /** Whether the user has any second factor. If so, a password alone must not change the ways in. */
    public boolean isAny() {
        return !credentials.isEmpty();
    }

    public boolean has(SecondFactor factor) {
        return credentials.containsKey(factor);
    }

    /** The kinds of the user's factors, in the order in which they are offered. */
    public Set<SecondFactor> kinds() {
        return credentials.keySet();
    }

    /** The credentials of this factor in the user's order; empty if there are none. */
    public List<CredentialModel> credentials(SecondFactor factor) {
        return credentials.getOrDefault(factor, List.of());
    }

    /** The ids of these credentials, in the user's order. */
    public List<String> ids(SecondFactor factor) {
        return credentials(factor).stream().map(CredentialModel::getId).toList();
    }
}
