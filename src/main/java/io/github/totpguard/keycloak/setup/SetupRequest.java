package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What an application has requested with the parameter of {@code kc_action}: {@code rename} for all devices,
 * {@code rename/<credential id>} or {@code replace/<credential id>} for one. Every other parameter is ignored, so that
 * the user adds a device. The separator is not a colon, because Keycloak drops what follows a second colon.
 */
final class SetupRequest {
    private static final String RENAME = "rename";
    private static final String REPLACE = "replace";

    /** The request is answered, or it was refused. The rest of this login is about other devices. */
    private static final String DONE = "totpGuard.setup.requestDone";

    /** The devices to replace in this login come from the request. */
    private static final String BEGUN = "totpGuard.setup.requestBegun";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel authentication;
    private final String verb;
    private final Optional<String> device;

    private SetupRequest(RequiredActionContext context, String verb, Optional<String> device) {
        this.context = context;
        this.authentication = context.getAuthenticationSession();
        this.verb = verb;
        this.device = device;
    }

    static SetupRequest in(RequiredActionContext context) {
        AuthenticationSessionModel authentication = context.getAuthenticationSession();
        String parameter = authentication.getClientNote(Constants.KC_ACTION_PARAMETER);
        boolean present = parameter != null
                && authentication.getAuthNote(DONE) == null
                && SetupStage.isAskedForByApplication(context);
        String[] parts = present ? parameter.split("/", 2) : new String[] {""};
        Optional<String> device = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
        return new SetupRequest(context, parts[0], device);
    }

    /** Whether devices are to be renamed. */
    boolean isRename() {
        return verb.equals(RENAME);
    }

    /** The only device that is to be renamed or replaced; empty if the request names none. */
    Optional<String> device() {
        return isRename() || isReplacement() ? device : Optional.empty();
    }

    private boolean isReplacement() {
        return verb.equals(REPLACE) && device.isPresent();
    }

    /**
     * Whether the user has no device with the id of the request. Ids of other users and ids of other credentials get
     * the same answer as ids that do not exist.
     */
    boolean isRefused() {
        return device().filter(id -> !UserFactors.of(context.getUser())
                        .ids(SecondFactor.DEVICE)
                        .contains(id))
                .isPresent();
    }

    /**
     * Marks the device for replacement, if that is the request. Call this only after the user has proved a second
     * factor, because a replacement that has begun is not asked for a proof again.
     */
    void begin() {
        if (isReplacement()
                && DeviceReplacement.in(authentication).credentialIds().isEmpty()) {
            DeviceReplacement.in(authentication).ask(List.of(device.orElseThrow()));
            authentication.setAuthNote(BEGUN, Boolean.TRUE.toString());
        }
    }

    /** Whether the replacement in this login comes from an application's request. */
    static boolean isReplacing(AuthenticationSessionModel authentication) {
        return authentication.getAuthNote(BEGUN) != null;
    }

    /** The request is answered. If the action was also demanded by an administrator, the next stage follows. */
    void done() {
        authentication.setAuthNote(DONE, Boolean.TRUE.toString());
    }

    /** Withdraws a replacement that the user has cancelled. */
    static void forget(AuthenticationSessionModel authentication) {
        if (isReplacing(authentication)) {
            authentication.removeAuthNote(BEGUN);
            DeviceReplacement.in(authentication).done();
        }
    }

    /** Whether the user has to complete this action also without the request. */
    boolean isDemandedOtherwise() {
        return authentication.getRequiredActions().contains(context.getAction())
                || context.getUser().getRequiredActionsStream().anyMatch(context.getAction()::equals);
    }

    /** The event of a request that is refused. */
    void refuse() {
        SetupEvents.of(context).notFound(device.orElse(""));
    }
}
