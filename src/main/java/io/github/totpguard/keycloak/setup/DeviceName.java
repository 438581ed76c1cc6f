package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;

/** A device in the lists of pages; public with getters because FreeMarker reads it. */
public final class DeviceName {
    private final String id;
    private final String label;

    DeviceName(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** A device without a name gets the default name. Administrators can remove the name of a device. */
    static DeviceName of(RequiredActionContext context, CredentialModel device) {
        String label = Optional.ofNullable(device.getUserLabel())
                .filter(name -> !name.isBlank())
                .orElseGet(() -> context.form().getMessage("totpGuard.defaultLabel"));
        return new DeviceName(device.getId(), label);
    }

    /** The user's devices, in the order of the credentials. */
    static List<DeviceName> all(RequiredActionContext context) {
        return UserFactors.of(context.getUser()).credentials(SecondFactor.DEVICE).stream()
                .map(device -> of(context, device))
                .toList();
    }

    public String getId() {
        return id;
    }

    public String getLabel() {
        return label;
    }
}
