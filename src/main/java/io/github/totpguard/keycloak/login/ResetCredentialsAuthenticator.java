package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.session.ChangeOfWaysIn;
import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.page.BackupCodePage;
import io.github.totpguard.keycloak.page.CodeCheck;
import io.github.totpguard.keycloak.page.CodePage;
import io.github.totpguard.keycloak.page.FactorProof;
import io.github.totpguard.keycloak.page.KeyStep;
import io.github.totpguard.keycloak.page.KeycloakLockout;
import io.github.totpguard.keycloak.page.ProofWay;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Keeps the second factor in the reset-credentials flow: the flow continues only after the user has proved any second
 * factor. A user who has proved one may replace a device. A user who has lost all of them needs an administrator, or
 * the setting of this step that makes the link in the mail sufficient.
 */
final class ResetCredentialsAuthenticator extends DeviceAuthenticator {
    private static final String TEMPLATE = "totp-guard-reset.ftl";
    private static final String REPLACE_FIELD = "replace";
    private static final String LOST_FIELD = "lost";
    private static final String KEEP_FIELD = "keep";
    private static final String KEY_NOTE = "totpGuard.reset.key";

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return UserFactors.of(user).isAny();
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (isProved(context)) {
            continueProved(context);
        } else {
            context.challenge(page(context).asking());
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (KeycloakLockout.refuses(context, page(context))) {
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        boolean proved = isProved(context);
        if (form.containsKey(LOST_FIELD) && (proved || ResetSettings.isMailLinkEnough(context))) {
            if (!proved) {
                ChangeOfWaysIn.waive(context.getAuthenticationSession());
            }
            replace(context, factors(context).ids(SecondFactor.DEVICE));
            context.success();
        } else if (form.containsKey(KEEP_FIELD) && proved) {
            context.success();
        } else if (proved) {
            continueProved(context);
        } else {
            prove(context, form);
        }
    }

    private static void prove(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        UserFactors factors = factors(context);
        String code = form.getFirst(CodePage.CODE_FIELD);
        String backupCode = form.getFirst(BackupCodePage.FIELD);
        if (form.containsKey(FactorProof.CHOICE_FIELD)) {
            askForKey(context, form.getFirst(FactorProof.CHOICE_FIELD));
        } else if (KeyStep.isAnswer(form)) {
            proveByKey(context);
        } else if (backupCode != null && factors.has(SecondFactor.BACKUP_CODES)) {
            new CodeCheck(context, page(context, BackupCodePage.within(context, TEMPLATE)))
                    .backupCode(backupCode)
                    .ifPresent(outcome -> continueProved(context));
        } else if (code != null && factors.has(SecondFactor.DEVICE)) {
            boolean replaces = form.containsKey(REPLACE_FIELD) || ResetSettings.replacesOne(context);
            new CodeCheck(context, page(context))
                    .oneTimeCode(code, Channel.RESET)
                    .ifPresent(outcome -> {
                        if (ResetSettings.replacesAll(context)) {
                            replace(context, factors.ids(SecondFactor.DEVICE));
                        } else if (replaces) {
                            replace(context, outcome.credentialId().stream().toList());
                        }
                        context.success(SecondFactor.DEVICE.type());
                    });
        } else {
            context.challenge(page(context).asking());
        }
    }

    private static void askForKey(AuthenticationFlowContext context, String choice) {
        UserFactors factors = factors(context);
        factors.kinds().stream()
                .filter(factor -> factor.isKey() && factor.name().equals(choice))
                .findFirst()
                .ifPresentOrElse(
                        key -> {
                            context.getAuthenticationSession().setAuthNote(KEY_NOTE, key.name());
                            KeyStep.of(context.getSession(), key).authenticate(context);
                        },
                        () -> context.challenge(page(context).asking()));
    }

    private static void proveByKey(AuthenticationFlowContext context) {
        String chosen = context.getAuthenticationSession().getAuthNote(KEY_NOTE);
        SecondFactor key =
                SecondFactor.PASSKEY.name().equals(chosen) ? SecondFactor.PASSKEY : SecondFactor.SECURITY_KEY;
        KeyStep.of(context.getSession(), key).action(context);
        if (context.getStatus() == FlowStatus.SUCCESS) {
            SecondFactorProof.record(context.getSession());
            continueProved(context);
        } else {
            context.failureChallenge(
                    AuthenticationFlowError.INVALID_CREDENTIALS, page(context).saying("totpGuard.error.keyRefused"));
        }
    }

    /** The user decides whether to keep the devices, unless there are none or the administrator has configured it. */
    private static void continueProved(AuthenticationFlowContext context) {
        List<String> devices = factors(context).ids(SecondFactor.DEVICE);
        if (devices.isEmpty()) {
            context.success();
        } else if (ResetSettings.replacesAll(context)) {
            replace(context, devices);
            context.success();
        } else {
            context.challenge(page(context).asking());
        }
    }

    private static void replace(AuthenticationFlowContext context, List<String> credentialIds) {
        if (!credentialIds.isEmpty()) {
            DeviceReplacement.in(context.getAuthenticationSession()).ask(credentialIds);
        }
        requireSetup(context.getAuthenticationSession());
    }

    private static CodePage page(AuthenticationFlowContext context) {
        return page(context, new CodePage(context, TEMPLATE));
    }

    private static CodePage page(AuthenticationFlowContext context, CodePage page) {
        return page.with("totpGuardBackupCode", () -> BackupCodePage.model(context.getUser()))
                .with(ProofWay.ON_LOCKED_PAGE, () -> ProofWay.besideDevices(factors(context)))
                .with(
                        "totpGuardReset",
                        () -> new ResetPageModel(
                                isProved(context), ResetSettings.isMailLinkEnough(context), factors(context)));
    }

    private static UserFactors factors(AuthenticationFlowContext context) {
        return UserFactors.of(context.getUser());
    }

    /**
     * Whether a factor was proved in this login, by this step or by another step of the flow, for example with a
     * recovery code or a security key.
     */
    private static boolean isProved(AuthenticationFlowContext context) {
        return SecondFactorProof.isGivenIn(
                context.getSession(), context.getRealm(), context.getAuthenticationSession());
    }
}
