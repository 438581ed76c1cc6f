package io.github.totpguard.keycloak.gate.session;

import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;

/**
 * The order of a user's second factors. Keycloak asks for the one whose credential comes first, which is the oldest: after a
 * device was replaced, each login would begin with a backup code.
 */
public final class FactorOrder {
    private FactorOrder() {}

    /** Puts the user's devices before all other second factors, in the order that they have among each other. */
    public static void putDevicesFirst(UserModel user) {
        SubjectCredentialManager credentials = user.credentialManager();
        List<CredentialModel> all = credentials.getStoredCredentialsStream().toList();
        int end = firstOther(all);
        List<String> behind = all.stream()
                .skip(end)
                .filter(credential -> isDevice(credential))
                .map(CredentialModel::getId)
                .toList();
        String before = end == 0 ? null : all.get(end - 1).getId();
        for (String id : behind) {
            credentials.moveStoredCredentialTo(id, before);
            before = id;
        }
    }

    /** The place of the first second factor that is no device; the end if there is none. */
    private static int firstOther(List<CredentialModel> all) {
        for (int i = 0; i < all.size(); i++) {
            Optional<SecondFactor> factor = SecondFactor.ofType(all.get(i).getType());
            if (factor.isPresent() && factor.get() != SecondFactor.DEVICE) {
                return i;
            }
        }
        return all.size();
    }

    private static boolean isDevice(CredentialModel credential) {
        return SecondFactor.DEVICE.type().equals(credential.getType());
    }
}
