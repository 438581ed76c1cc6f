package io.github.totpguard.keycloak.gate.store;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.utils.KeycloakModelUtils;

/** A separate session and transaction that distinguishes a failed commit from all other failures. */
final class OwnTransaction {
    private OwnTransaction() {}

    /**
     * Runs the work and commits, on the caller's thread. Keycloak wraps the exceptions of a JTA commit in plain
     * RuntimeExceptions. Only the type of the cause distinguishes them from errors in the work, which are rethrown
     * unchanged.
     *
     * @throws CommitFailedException if the work was begun or done, but not committed
     */
    static <T> T run(KeycloakSessionFactory factory, KeycloakSessionTaskWithResult<T> work)
            throws CommitFailedException {
        FutureTask<T> task = new FutureTask<>(() -> KeycloakModelUtils.runJobInTransactionWithResult(factory, work));
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("get() does not wait for a completed task", e);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static RuntimeException unwrapped(Throwable failure) throws CommitFailedException {
        if (isOfTransaction(failure.getCause())) {
            throw new CommitFailedException(failure);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        // The work throws no checked exceptions.
        return (RuntimeException) failure;
    }

    private static boolean isOfTransaction(Throwable cause) {
        return cause instanceof RollbackException
                || cause instanceof HeuristicRollbackException
                || cause instanceof HeuristicMixedException
                || cause instanceof SystemException;
    }

    /** The transaction was not committed. */
    static final class CommitFailedException extends Exception {
        CommitFailedException(Throwable cause) {
            super(cause);
        }
    }
}
