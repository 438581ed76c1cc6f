package io.github.totpguard.keycloak.gate.session;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The devices that the one now being set up takes the place of. They live until it is confirmed. Whoever may ask for this
 * was let through by the reset flow already, so set-up asks for no further proof.
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

    /** @param credentialIds at least one */
    public void ask(Collection<String> credentialIds) {
        if (credentialIds.isEmpty()) {
            throw new IllegalArgumentException("Nothing to replace");
        }
        authentication.setAuthNote(NOTE, String.join(SEPARATOR, credentialIds));
    }

    /** Empty if nothing is to be replaced. */
    public Set<String> credentialIds() {
        return Optional.ofNullable(authentication.getAuthNote(NOTE)).stream()
                .flatMap(ids -> Arrays.stream(ids.split(SEPARATOR)))
                .collect(Collectors.toSet());
    }

    public void done() {
        authentication.removeAuthNote(NOTE);
    }
}
