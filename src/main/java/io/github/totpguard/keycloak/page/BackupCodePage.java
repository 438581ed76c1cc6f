package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.OptionalInt;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.UserModel;

/** The page that asks for a backup code. */
public final class BackupCodePage {
    /** The form field. */
    public static final String FIELD = "backupCode";

    static final String ERROR = "totpGuard.error.backupCode";

    private static final String TEMPLATE = "totp-guard-backup-code.ftl";
    private static final String MODEL = "totpGuardBackupCode";

    private BackupCodePage() {}

    /** The page as a step of a login. */
    public static CodePage of(AuthenticationFlowContext context) {
        return new CodePage(context, TEMPLATE, FIELD, ERROR)
                .with(MODEL, () -> Model.of(context.getUser()))
                .with("totpGuardOnCodePage", () -> isStepOfDevice(context));
    }

    /** Whether the step also asks for one-time codes, so that the page has a link back to them. */
    private static boolean isStepOfDevice(AuthenticationFlowContext context) {
        return !GuardNames.BACKUP_CODE_STEPS.contains(context.getExecution().getAuthenticator())
                && UserFactors.of(context.getUser()).has(SecondFactor.DEVICE);
    }

    /** A page that also asks for something else and contains a form for a backup code. */
    public static CodePage within(AuthenticationFlowContext context, String template) {
        return new CodePage(context, template, FIELD, ERROR);
    }

    /** The template data of the form, as {@code totpGuardBackupCode}. */
    public static Model model(UserModel user) {
        return Model.of(user);
    }

    /** The template data of {@code totp-guard-backup-code.ftl}; public with getters because FreeMarker reads it. */
    public static final class Model {
        private final OptionalInt next;

        private Model(OptionalInt next) {
            this.next = next;
        }

        static Model of(UserModel user) {
            try {
                return new Model(
                        StoredBackupCodes.of(user).map(StoredBackupCodes::next).orElse(OptionalInt.empty()));
            } catch (VerificationUnavailableException e) {
                // The page is shown anyway. The gate reports the problem when the code is checked.
                return new Model(OptionalInt.empty());
            }
        }

        /** Whether only the next code is accepted, because Keycloak's codes are used in order. */
        public boolean isInOrder() {
            return next.isPresent();
        }

        /** The number of the next code; 0 if any code is accepted. */
        public int getNumber() {
            return next.orElse(0);
        }
    }
}
