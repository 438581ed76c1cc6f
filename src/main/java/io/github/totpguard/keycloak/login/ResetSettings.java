package io.github.totpguard.keycloak.login;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.DefaultActionTokenKey;

/** The administrator's settings for the reset step: TOTP Guard's step, or Keycloak's step that is redirected to it. */
final class ResetSettings {
    /** The setting by which the link in the mail is sufficient proof to replace a lost device. */
    static final String MAIL_LINK_REPLACES = "mailLinkReplacesDevices";

    /**
     * A setting of Keycloak's step. Keycloak removes the devices before the user has proved anything. Here they are
     * removed when a new device is confirmed.
     */
    private static final String KEYCLOAKS_ACTION = "action_on_otp_reset_flag";

    private static final String REMOVE_ONE = "Remove one";
    private static final String REMOVE_ALL = "Remove all";

    private ResetSettings() {}

    /** Whether the administrator allows it, and this user has opened the link. */
    static boolean isMailLinkEnough(AuthenticationFlowContext context) {
        boolean consent =
                setting(context, MAIL_LINK_REPLACES).map(Boolean::parseBoolean).orElse(false);
        String opened = context.getAuthenticationSession().getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
        return consent && context.getUser().getId().equals(opened);
    }

    /** Whether a new device replaces the device whose code was entered. */
    static boolean replacesOne(AuthenticationFlowContext context) {
        return setting(context, KEYCLOAKS_ACTION).filter(REMOVE_ONE::equals).isPresent();
    }

    /** Whether a new device replaces all devices. */
    static boolean replacesAll(AuthenticationFlowContext context) {
        return setting(context, KEYCLOAKS_ACTION).filter(REMOVE_ALL::equals).isPresent();
    }

    private static Optional<String> setting(AuthenticationFlowContext context, String key) {
        return Optional.ofNullable(context.getAuthenticatorConfig())
                .map(AuthenticatorConfigModel::getConfig)
                .map(config -> config.get(key));
    }
}
