package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.LockedAccounts;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import jakarta.ws.rs.core.Response.Status;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ModelException;
import org.keycloak.services.ErrorResponseException;

/**
 * Sends everything that a request writes, including its event, to the database before the response is built. If the
 * database refused it only at the commit, the response would be a 500 without details.
 */
final class VaultWrite {
    private static final Logger LOG = Logger.getLogger(VaultWrite.class);

    /** SQLSTATE class: a constraint is violated. */
    private static final String CONSTRAINT = "23";

    /** SQLSTATE class: the transaction was rolled back because of another one. */
    private static final String ROLLBACK = "40";

    private VaultWrite() {}

    /**
     * Does the work and writes the result.
     *
     * @throws jakarta.ws.rs.WebApplicationException with status 409 if another request was faster, 503 if the database
     *     or the realm's key is missing
     */
    static <T> T of(VaultCaller caller, Supplier<T> work) {
        return VaultResponses.answering(() -> {
            try {
                T done = work.get();
                caller.session()
                        .getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .flush();
                return done;
            } catch (PersistenceException | ModelException e) {
                throw refusal(e);
            }
        });
    }

    /**
     * Reads an account again under its owner's lock, because the one that was found may come from a cache.
     *
     * @throws jakarta.ws.rs.WebApplicationException with status 409 if another request has removed it meanwhile
     */
    static AccessibleAccount underLock(AccessibleAccount found, LockedAccounts locked) {
        return locked.find(found.id()).orElseThrow(VaultWrite::conflict);
    }

    /** Another request has changed or removed the account or share. */
    private static ErrorResponseException conflict() {
        return VaultResponses.refused(
                Status.CONFLICT,
                "conflict",
                "Another request changed this at the same moment. Look at the list, then try again");
    }

    private static ErrorResponseException refusal(RuntimeException failure) {
        if (causes(failure).anyMatch(VaultWrite::isConflict)) {
            LOG.debugf(failure, "Another request changed the same account first");
            return conflict();
        }
        LOG.errorf(failure, "Writing to the vault failed: check the database");
        return VaultResponses.refused(
                Status.SERVICE_UNAVAILABLE,
                "unavailable",
                "The vault cannot store right now. Nothing was changed; try again in a minute");
    }

    private static boolean isConflict(Throwable cause) {
        return cause instanceof OptimisticLockException
                || cause instanceof PessimisticLockException
                || cause instanceof LockTimeoutException
                || cause instanceof EntityNotFoundException
                || cause instanceof SQLException e
                        && e.getSQLState() != null
                        && (e.getSQLState().startsWith(CONSTRAINT)
                                || e.getSQLState().startsWith(ROLLBACK));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
