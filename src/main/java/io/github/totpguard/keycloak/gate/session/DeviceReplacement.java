package io.github.totpguard.keycloak.gate.session;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The devices that the new device replaces. They stay usable until the new device is confirmed. The reset flow has
 * already authorized the replacement, so set-up asks for no further proof.
 */
public final class DeviceReplacement {
    private static final String NOTE = "totpGuard.replaces";
    private static final String SEPARATOR = " ";

    private final AuthenticationSessionModel authentication;

    private DeviceReplacement(AuthenticationSessionModel authentication) {
        this.authentication = authentication;
    }

    public static DeviceReplacement in(AuthenticationSessionModel authentication) {
        return new DeviceReplacement(authentication);
    }

    /**
     * Marks devices for replacement.
     *
     * @param credentialIds at least one
     */
    public void ask(Collection<String> credentialIds) {
        if (credentialIds.isEmpty()) {
            throw new IllegalArgumentException("credentialIds is empty");
        }
        authentication.setAuthNote(NOTE, String.join(SEPARATOR, credentialIds));
    }

    /** The devices to replace; empty if no device is to be replaced. */
    public Set<String> credentialIds() {
        return Optional.ofNullable(authentication.getAuthNote(NOTE)).stream()
                .flatMap(ids -> Arrays.stream(ids.split(SEPARATOR)))
                .collect(Collectors.toSet());
    }

    public void done() {
        authentication.removeAuthNote(NOTE);
    }
}
