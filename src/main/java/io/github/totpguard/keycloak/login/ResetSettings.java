package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.FlowSteps;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.resetcred.ResetOTP;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The administrator's settings for the reset step: TOTP Guard's step, or Keycloak's step that is redirected to it. */
final class ResetSettings {
    /** The setting by which the link in the mail is sufficient proof to replace a lost device. */
    static final String MAIL_LINK_REPLACES = "mailLinkReplacesDevices";

    /**
     * A setting of Keycloak's step. Keycloak removes the devices before the user has proved anything. Here they are
     * removed when a new device is confirmed.
     */
    private static final String KEYCLOAKS_ACTION = "action_on_otp_reset_flag";

    /** The steps that follow these settings: TOTP Guard's, and Keycloak's own, which is redirected to it. */
    private static final Set<String> RESET_STEPS = Set.of(GuardNames.RESET_AUTHENTICATOR, ResetOTP.PROVIDER_ID);

    private static final String REMOVE_ONE = "Remove one";
    private static final String REMOVE_ALL = "Remove all";

    private ResetSettings() {}

    /** Whether the administrator allows it, and this user has opened the link. */
    static boolean isMailLinkEnough(AuthenticationFlowContext context) {
        boolean consent = isConsent(setting(context, MAIL_LINK_REPLACES));
        String opened = context.getAuthenticationSession().getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
        return consent && context.getUser().getId().equals(opened);
    }

    /**
     * Whether a user who cannot use the device can get a link by mail that replaces it: the administrator allows it in the
     * realm's reset flow, and the user has an e-mail address.
     */
    static boolean isMailLinkOffered(RealmModel realm, UserModel user) {
        boolean hasAddress = Optional.ofNullable(user.getEmail())
                .filter(address -> !address.isBlank())
                .isPresent();
        return hasAddress
                && realm.isResetPasswordAllowed()
                && FlowSteps.enabled(realm, realm.getResetCredentialsFlow())
                        .filter(step -> RESET_STEPS.contains(step.getAuthenticator()))
                        .map(AuthenticationExecutionModel::getAuthenticatorConfig)
                        .filter(Objects::nonNull)
                        .map(realm::getAuthenticatorConfigById)
                        .anyMatch(config -> isConsent(setting(config, MAIL_LINK_REPLACES)));
    }

    private static boolean isConsent(Optional<String> setting) {
        return setting.map(Boolean::parseBoolean).orElse(false);
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
        return setting(context.getAuthenticatorConfig(), key);
    }

    /** @param saved null if nothing was configured */
    private static Optional<String> setting(AuthenticatorConfigModel saved, String key) {
        return Optional.ofNullable(saved)
                .map(AuthenticatorConfigModel::getConfig)
                .map(config -> config.get(key));
    }
}
