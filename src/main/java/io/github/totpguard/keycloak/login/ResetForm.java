package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.Outcome;
import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import io.github.totpguard.keycloak.page.BackupCodePage;
import io.github.totpguard.keycloak.page.CodeCheck;
import io.github.totpguard.keycloak.page.CodePage;
import io.github.totpguard.keycloak.page.KeycloakLockout;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/**
 * A forgotten password does not make the second factor go away: the flow goes on after a code, a backup code, or another
 * factor that was proved in it. Who has proved one may replace a device; who has none needs the administrator, or a policy by which
 * the link in the mail is enough.
 */
final class ResetForm extends DeviceAuthenticator {
    private static final String TEMPLATE = "totp-guard-reset.ftl";
    private static final String REPLACE_FIELD = "replace";
    private static final String LOST_FIELD = "lost";
    private static final String KEEP_FIELD = "keep";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        context.challenge(page(context).asking());
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (KeycloakLockout.refuses(context, page(context))) {
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        String code = form.getFirst(CodePage.CODE_FIELD);
        String backupCode = form.getFirst(BackupCodePage.FIELD);
        boolean replacesAll = form.containsKey(LOST_FIELD) && (isProved(context) || isMailLinkEnough(context));
        if (replacesAll) {
            replace(context, deviceIds(context));
            context.success();
        } else if (form.containsKey(KEEP_FIELD) && isProved(context)) {
            context.success();
        } else if (backupCode != null && hasBackupCodes(context) && !isProved(context)) {
            new CodeCheck(context, page(context, BackupCodePage.within(context, TEMPLATE)))
                    .passed(gate -> gate.attemptBackupCode(backupCode, Channel.BACKUP_CODE))
                    .ifPresent(outcome -> context.challenge(page(context).asking()));
        } else if (code == null || isProved(context)) {
            context.challenge(page(context).asking());
        } else {
            new CodeCheck(context, page(context))
                    .passed(gate -> gate.attempt(code, Channel.RESET))
                    .ifPresent(outcome -> goOn(context, outcome, form.containsKey(REPLACE_FIELD)));
        }
    }

    private static void goOn(AuthenticationFlowContext context, Outcome outcome, boolean replaces) {
        if (replaces) {
            replace(context, outcome.credentialId().stream().toList());
        }
        context.success(OTPCredentialModel.TYPE);
    }

    private static void replace(AuthenticationFlowContext context, List<String> credentialIds) {
        if (!credentialIds.isEmpty()) {
            DeviceReplacement.in(context.getAuthenticationSession()).ask(credentialIds);
        }
        requireSetup(context.getAuthenticationSession());
    }

    private static List<String> deviceIds(AuthenticationFlowContext context) {
        return context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                .map(CredentialModel::getId)
                .toList();
    }

    private static CodePage page(AuthenticationFlowContext context) {
        return page(context, new CodePage(context, TEMPLATE));
    }

    private static CodePage page(AuthenticationFlowContext context, CodePage page) {
        return page.with("totpGuardBackupCode", BackupCodePage.model(context.getUser()))
                .with(
                        "totpGuardReset",
                        new ResetPageModel(isProved(context), isMailLinkEnough(context), hasBackupCodes(context)));
    }

    private static boolean hasBackupCodes(AuthenticationFlowContext context) {
        return context.getUser().credentialManager().isConfiguredFor(RecoveryAuthnCodesCredentialModel.TYPE);
    }

    /** By another execution of this flow: a recovery code, a security key. */
    private static boolean isProved(AuthenticationFlowContext context) {
        return SecondFactorProof.isGivenIn(
                context.getSession(), context.getRealm(), context.getAuthenticationSession());
    }

    /** The administrator's consent, and a link that was really opened, by this user. */
    private static boolean isMailLinkEnough(AuthenticationFlowContext context) {
        boolean consent = Optional.ofNullable(context.getAuthenticatorConfig())
                .map(AuthenticatorConfigModel::getConfig)
                .map(config -> config.get(ResetFormFactory.MAIL_LINK_REPLACES))
                .map(Boolean::parseBoolean)
                .orElse(false);
        String opened = context.getAuthenticationSession().getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
        return consent && context.getUser().getId().equals(opened);
    }
}
