package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.Attempt;
import io.github.totpguard.core.state.Decision;
import io.github.totpguard.core.state.Policy;
import io.github.totpguard.core.state.SecondFactorDecision;
import io.github.totpguard.keycloak.gate.StateCodec.UnreadableStateException;
import io.github.totpguard.keycloak.gate.VerificationUnavailableException.Cause;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * One decision in a transaction of its own, committed when {@link #decide} returns: an error page rolls back the
 * request's transaction, but never what was decided.
 */
final class DecisionTransaction {
    /** Only the first attempts of a new user, sent in parallel, can collide; the second try finds the row. */
    private static final int TRIES = 3;

    private final KeycloakSession session;
    private final String realmId;
    private final String userId;

    DecisionTransaction(KeycloakSession session, String realmId, String userId) {
        this.session = session;
        this.realmId = realmId;
        this.userId = userId;
    }

    Decision decide(Attempt attempt, Policy policy) {
        for (int attemptsLeft = TRIES - 1; ; attemptsLeft--) {
            try {
                return decideOnce(attempt, policy);
            } catch (ModelDuplicateException e) {
                if (attemptsLeft == 0) {
                    throw unavailable(e);
                }
            } catch (ModelException | PersistenceException e) {
                throw unavailable(e);
            }
        }
    }

    private Decision decideOnce(Attempt attempt, Policy policy) {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
            StateRow row = lock(own);
            // Read under the lock: an attempt that waited is judged by the time at which it is judged.
            Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
            Decision decision = SecondFactorDecision.decide(row.state(), attempt, policy, now);
            row.store(decision.state());
            return decision;
        });
    }

    private StateRow lock(KeycloakSession own) {
        try {
            return StateRow.lock(own.getProvider(JpaConnectionProvider.class).getEntityManager(), userId, realmId);
        } catch (UnreadableStateException e) {
            throw new VerificationUnavailableException(
                    Cause.STATE,
                    "The row of user " + userId + " in TOTP_GUARD_STATE is not readable (" + e.getMessage()
                            + "). Was it written by a newer version? If it is damaged, delete that one row",
                    e);
        }
    }

    private static VerificationUnavailableException unavailable(RuntimeException e) {
        return new VerificationUnavailableException(
                Cause.DATABASE, "The database did not take the decision, so nothing was accepted: check it", e);
    }
}
