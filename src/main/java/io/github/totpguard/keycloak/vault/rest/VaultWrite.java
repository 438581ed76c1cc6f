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
 * What a request writes, its event included, is sent to the database before the answer is made. What the database refuses at
 * the commit would be a bare 500.
 */
final class VaultWrite {
    private static final Logger LOG = Logger.getLogger(VaultWrite.class);

    /** Classes of SQLSTATE: a constraint is violated, and the transaction was rolled back because of another one. */
    private static final String CONSTRAINT = "23";

    private static final String ROLLBACK = "40";

    private VaultWrite() {}

    /**
     * Works and writes.
     *
     * @throws jakarta.ws.rs.WebApplicationException that answers 409 if another request was faster, 503 if the database or
     *     the realm's key is not there
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
     * An account as it is under its owner's lock. What was found before may have been read from a cache.
     *
     * @throws jakarta.ws.rs.WebApplicationException that answers 409 if another request has removed it meanwhile
     */
    static AccessibleAccount still(AccessibleAccount found, LockedAccounts locked) {
        return locked.find(found.id()).orElseThrow(VaultWrite::conflict);
    }

    /** Another request has changed or removed what this one was about. */
    private static ErrorResponseException conflict() {
        return VaultResponses.refused(
                Status.CONFLICT,
                "conflict",
                "Another request changed this at the same moment. Look at the list, then try again");
    }

    private static ErrorResponseException refusal(RuntimeException failure) {
        if (causes(failure).anyMatch(VaultWrite::isConflict)) {
            LOG.debugf(failure, "Another request was faster");
            return conflict();
        }
        LOG.errorf(failure, "The vault could not be written: check the database");
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
