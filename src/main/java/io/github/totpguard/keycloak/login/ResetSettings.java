package io.github.totpguard.keycloak.login;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.DefaultActionTokenKey;

/** What the administrator has set at the reset step: ours, or Keycloak's that leads to it. */
final class ResetSettings {
    /** Whether the link in the mail is proof enough to replace a lost device. */
    static final String MAIL_LINK_REPLACES = "mailLinkReplacesDevices";

    /** Of Keycloak's step. It removes before the user has proved anything; here the devices go when a new one is confirmed. */
    private static final String KEYCLOAKS_ACTION = "action_on_otp_reset_flag";

    private static final String REMOVE_ONE = "Remove one";
    private static final String REMOVE_ALL = "Remove all";

    private ResetSettings() {}

    /** The administrator's consent, and a link that was really opened, by this user. */
    static boolean isMailLinkEnough(AuthenticationFlowContext context) {
        boolean consent =
                setting(context, MAIL_LINK_REPLACES).map(Boolean::parseBoolean).orElse(false);
        String opened = context.getAuthenticationSession().getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
        return consent && context.getUser().getId().equals(opened);
    }

    /** Whether a new device takes the place of the one whose code was entered. */
    static boolean replacesOne(AuthenticationFlowContext context) {
        return setting(context, KEYCLOAKS_ACTION).filter(REMOVE_ONE::equals).isPresent();
    }

    /** Whether a new device takes the place of all of them. */
    static boolean replacesAll(AuthenticationFlowContext context) {
        return setting(context, KEYCLOAKS_ACTION).filter(REMOVE_ALL::equals).isPresent();
    }

    private static Optional<String> setting(AuthenticationFlowContext context, String key) {
        return Optional.ofNullable(context.getAuthenticatorConfig())
                .map(AuthenticatorConfigModel::getConfig)
                .map(config -> config.get(key));
    }
}
