package io.github.totpguard.keycloak.gate;

import io.github.totpguard.keycloak.gate.store.StateTransaction;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Where the counters of a user's vault accounts move: under the lock of the user's row, and committed before any code is
 * told. So no two readers are ever given the same code, on whatever node.
 */
public final class CounterGate {
    private static final Logger LOG = Logger.getLogger(CounterGate.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    private CounterGate(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** @param owner whose accounts they are, whoever reads */
    public static CounterGate of(KeycloakSession session, RealmModel realm, UserModel owner) {
        return new CounterGate(session, realm, owner);
    }

    /**
     * The counter for one code, used up by this call. The request must have only read so far.
     *
     * @param first the counter to begin with, if the account was never read
     * @return 0 or more; each value of a credential is returned once
     * @throws VerificationUnavailableException if the counter cannot be moved now: there is no code then
     */
    public long take(String credentialId, long first) {
        return loggingWhyNot(() -> transaction().runAfterReading(row -> {
            long counter = row.state().vaultCounter(credentialId).orElse(first);
            row.store(row.state().withVaultCounter(credentialId, Math.incrementExact(counter)));
            return counter;
        }));
    }

    /**
     * The counter that the next {@link #take} would return, to look at.
     *
     * @throws VerificationUnavailableException if it cannot be read now
     */
    public long next(String credentialId, long first) {
        return loggingWhyNot(
                () -> transaction().peek().vaultCounter(credentialId).orElse(first));
    }

    /**
     * Forgets what was counted for an account that is removed.
     *
     * @throws VerificationUnavailableException if that cannot be stored now
     */
    public void forget(String credentialId) {
        loggingWhyNot(() -> {
            // Most accounts count nothing, and a second connection is not to be had for nothing.
            if (transaction().peek().vaultCounter(credentialId).isPresent()) {
                transaction().run(row -> {
                    row.store(row.state().withoutVaultCounter(credentialId));
                    return row;
                });
            }
            return credentialId;
        });
    }

    private StateTransaction transaction() {
        return new StateTransaction(session, realm.getId(), user.getId());
    }

    private static <T> T loggingWhyNot(Supplier<T> work) {
        try {
            return work.get();
        } catch (VerificationUnavailableException e) {
            LOG.errorf(e.getCause(), "No counter of a vault account was moved (%s): %s", e.what(), e.getMessage());
            throw e;
        }
    }
}
