package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.page.BackupCodePage;
import io.github.totpguard.keycloak.page.CodeAsked;
import io.github.totpguard.keycloak.page.CodeCheck;
import io.github.totpguard.keycloak.page.CodePage;
import io.github.totpguard.keycloak.page.KeycloakLockout;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;

/**
 * Asks for a code and accepts users who enter a right one. If the flow has no steps for trusted browsers and backup
 * codes, this page also handles them.
 */
final class OtpFormAuthenticator extends DeviceAuthenticator {
    private static final String TEMPLATE = "totp-guard-code.ftl";
    private static final String BACKUP_CODE_FIELD = "useBackupCode";

    /**
     * Users who have only backup codes are also asked for a code. Otherwise a conditional flow for users with a second
     * factor would let them pass without one.
     */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        UserFactors factors = UserFactors.of(user);
        return factors.has(SecondFactor.DEVICE) || factors.has(SecondFactor.BACKUP_CODES);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        StandIns standIns = StandIns.of(context);
        if (standIns.trustedBrowserStandsIn()) {
            return;
        }
        CodeAsked.publish(context);
        if (hasDevice(context)) {
            context.challenge(page(context, standIns).asking());
        } else {
            standIns.askForBackupCode();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        StandIns standIns = StandIns.of(context);
        CodePage page = page(context, standIns);
        if (KeycloakLockout.refuses(context, page)) {
            return;
        }
        if (!configuredFor(context.getSession(), context.getRealm(), context.getUser())) {
            startAgainWithoutDevice(context);
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        String code = form.getFirst(CodePage.CODE_FIELD);
        if (form.containsKey(BACKUP_CODE_FIELD) && standIns.takesBackupCode()) {
            standIns.askForBackupCode();
        } else if (form.containsKey(BackupCodePage.FIELD) && standIns.takesBackupCode()) {
            standIns.checkBackupCode();
        } else if (code == null || !hasDevice(context)) {
            authenticate(context);
        } else {
            check(context, page, code);
        }
    }

    private static void check(AuthenticationFlowContext context, CodePage page, String code) {
        if (new CodeCheck(context, page).oneTimeCode(code, Channel.FORM).isPresent()) {
            TrustCheckbox.of(context).publishIfTicked();
            // The credential type is required: without it, Keycloak's brute-force protector never clears its counter.
            context.success(SecondFactor.DEVICE.type());
        }
    }

    private static CodePage page(AuthenticationFlowContext context, StandIns standIns) {
        return new CodePage(context, TEMPLATE)
                .with(TrustCheckbox.ATTRIBUTE, TrustCheckbox.of(context)::days)
                .with("totpGuardTakesBackupCode", standIns::takesBackupCode)
                .with(
                        "totpGuardMailLink",
                        () -> ResetSettings.isMailLinkOffered(context.getRealm(), context.getUser()));
    }

    private static boolean hasDevice(AuthenticationFlowContext context) {
        return UserFactors.of(context.getUser()).has(SecondFactor.DEVICE);
    }

    /** The last device was removed while the page was open. The flow starts again and decides what this user needs. */
    private static void startAgainWithoutDevice(AuthenticationFlowContext context) {
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.forkWithErrorMessage(new FormMessage("totpGuard.error.deviceGone"));
    }
}
