package io.github.totpguard.keycloak.notify;

import io.github.totpguard.core.state.Notice;
import io.github.totpguard.keycloak.gate.AttemptDecided;
import io.github.totpguard.keycloak.gate.AttemptImpossible;
import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.notify.mail.AttemptNotice;
import io.github.totpguard.keycloak.notify.mail.ChangeNotice;
import io.github.totpguard.keycloak.notify.mail.CredentialChange;
import io.micrometer.core.instrument.Metrics;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEvent;

/** Counts every attempt and mails the user about it, in all channels and outside of the login itself. */
public final class AttemptNotifications {
    private final AttemptMetrics metrics;

    private AttemptNotifications(AttemptMetrics metrics) {
        this.metrics = metrics;
    }

    /** Call this once for each server, before its first request. */
    public static void register(KeycloakSessionFactory factory) {
        factory.register(new AttemptNotifications(new AttemptMetrics(Metrics.globalRegistry))::onEvent);
    }

    private void onEvent(ProviderEvent event) {
        if (event instanceof AttemptDecided decided) {
            metrics.decided(decided.user().realm().getName(), decided.channel(), decided.outcome());
            if (decided.outcome().notice() != Notice.NONE) {
                AttemptNotice.send(decided);
            }
            decided.outcome().backupCodesLeft().ifPresent(left -> mailUse(decided, left));
        } else if (event instanceof AttemptImpossible impossible) {
            metrics.impossible(impossible.realm().getName(), impossible.channel());
        }
    }

    /** Mails in all channels, because another person may have found the list of codes. */
    private static void mailUse(AttemptDecided decided, int left) {
        ChangeNotice.tell(decided.user(), CredentialChange.BACKUP_CODE_USED, "", left);
        if (left <= StoredBackupCodes.FEW) {
            ChangeNotice.tell(decided.user(), CredentialChange.BACKUP_CODES_RUNNING_OUT, "", left);
        }
    }
}
