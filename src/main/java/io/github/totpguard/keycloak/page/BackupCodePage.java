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

    /** As a step of a login. */
    public static CodePage of(AuthenticationFlowContext context) {
        return new CodePage(context, TEMPLATE, FIELD, ERROR)
                .with(MODEL, () -> Model.of(context.getUser()))
                .with("totpGuardOnCodePage", () -> isStepOfDevice(context));
    }

    /** Whether the step asks for one-time codes as well, so that the page leads back to them. */
    private static boolean isStepOfDevice(AuthenticationFlowContext context) {
        return !GuardNames.BACKUP_CODE_STEPS.contains(context.getExecution().getAuthenticator())
                && UserFactors.of(context.getUser()).has(SecondFactor.DEVICE);
    }

    /** A page that asks for something else too, and has a form for a backup code. */
    public static CodePage within(AuthenticationFlowContext context, String template) {
        return new CodePage(context, template, FIELD, ERROR);
    }

    /** What the template shows of it, as {@code totpGuardBackupCode}. */
    public static Model model(UserModel user) {
        return Model.of(user);
    }

    /** What {@code totp-guard-backup-code.ftl} shows; public with getters because FreeMarker reads it. */
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
                // The page is shown all the same: the gate says what is wrong when it is asked.
                return new Model(OptionalInt.empty());
            }
        }

        /** Whether only one of the codes is asked for: Keycloak's are used in order. */
        public boolean isInOrder() {
            return next.isPresent();
        }

        /** Its number; 0 if any code will do. */
        public int getNumber() {
            return next.orElse(0);
        }
    }
}
