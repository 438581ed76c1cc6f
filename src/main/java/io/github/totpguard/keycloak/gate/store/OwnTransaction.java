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

/** A session and transaction of our own, which tells a failed commit from all else that can go wrong. */
final class OwnTransaction {
    private OwnTransaction() {}

    /**
     * Works and commits, on the caller's thread. Keycloak wraps what JTA throws at a commit into plain RuntimeExceptions:
     * only the type of their cause tells them from errors in the work, which come out as they are.
     *
     * @throws CommitFailedException if the transaction was begun or done, but not committed
     */
    static <T> T run(KeycloakSessionFactory factory, KeycloakSessionTaskWithResult<T> work)
            throws CommitFailedException {
        FutureTask<T> task = new FutureTask<>(() -> KeycloakModelUtils.runJobInTransactionWithResult(factory, work));
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("A task that is done does not wait", e);
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
        // The work throws nothing checked.
        return (RuntimeException) failure;
    }

    private static boolean isOfTransaction(Throwable cause) {
        return cause instanceof RollbackException
                || cause instanceof HeuristicRollbackException
                || cause instanceof HeuristicMixedException
                || cause instanceof SystemException;
    }

    /** The database did not take the commit. */
    static final class CommitFailedException extends Exception {
        CommitFailedException(Throwable cause) {
            super(cause);
        }
    }
}
