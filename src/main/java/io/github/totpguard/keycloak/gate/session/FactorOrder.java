package io.github.totpguard.keycloak.gate.session;

import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;

/**
 * The order of a user's second factors. Keycloak asks for the factor whose credential comes first, which is the oldest.
 * Without a new order, every login after the replacement of a device would begin with a backup code.
 */
public final class FactorOrder {
    private FactorOrder() {}

    /** Moves the user's devices before all other second factors. The order of the devices among each other stays. */
    public static void putDevicesFirst(UserModel user) {
        SubjectCredentialManager credentials = user.credentialManager();
        List<CredentialModel> all = credentials.getStoredCredentialsStream().toList();
        int end = firstOther(all);
        List<String> devicesAfter = all.stream()
                .skip(end)
                .filter(credential -> isDevice(credential))
                .map(CredentialModel::getId)
                .toList();
        String predecessor = end == 0 ? null : all.get(end - 1).getId();
        for (String id : devicesAfter) {
            credentials.moveStoredCredentialTo(id, predecessor);
            predecessor = id;
        }
    }

    /** The index of the first second factor that is not a device; the size of the list if there is none. */
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
