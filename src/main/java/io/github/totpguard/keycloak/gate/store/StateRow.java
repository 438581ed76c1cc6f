package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.store.StateCodec.UnreadableStateException;
import io.github.totpguard.keycloak.gate.store.StateTable.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The user's locked row: whoever holds it is the only one, on all nodes, who decides about this user. */
public final class StateRow {
    private final StateTable table;
    private final String userId;
    private final SecondFactorState state;
    private final Optional<Duration> sinceLoss;

    private StateRow(StateTable table, String userId, SecondFactorState state, Optional<Duration> sinceLoss) {
        this.table = table;
        this.userId = userId;
        this.state = state;
        this.sinceLoss = sinceLoss;
    }

    /**
     * Waits for the row and locks it until the transaction ends, making it first if there is none.
     *
     * @throws org.hibernate.exception.ConstraintViolationException if another transaction made it at the same moment:
     *     try again
     */
    static StateRow lock(StateTable table, String userId, String realmId) throws UnreadableStateException {
        Optional<Stored> found = table.lock(userId);
        if (found.isPresent()) {
            return new StateRow(
                    table,
                    userId,
                    StateCodec.read(found.get().text()),
                    found.get().sinceLoss());
        }
        table.insert(userId, realmId, StateCodec.write(SecondFactorState.EMPTY));
        return new StateRow(table, userId, SecondFactorState.EMPTY, Optional.empty());
    }

    /** What the row says now, to look at: nothing is locked, and no row is made. */
    static SecondFactorState peek(StateTable table, String userId) throws UnreadableStateException {
        Optional<Stored> found = table.read(userId);
        return found.isPresent() ? StateCodec.read(found.get().text()) : SecondFactorState.EMPTY;
    }

    public SecondFactorState state() {
        return state;
    }

    /**
     * Acceptances before this moment may be missing in the state: the database ended without shutting down, and they had not
     * reached its disk. Empty if none can be missing.
     *
     * @param now the server's time
     */
    public Optional<Instant> lostUntil(Instant now) {
        return sinceLoss.map(now::minus);
    }

    /** Once in a transaction. */
    public void store(SecondFactorState changed) {
        if (!changed.equals(state)) {
            table.update(userId, changed, false);
        }
    }

    /** The same of a state in which nothing is missing any more. */
    public void storeWhole(SecondFactorState changed) {
        if (!changed.equals(state)) {
            table.update(userId, changed, true);
        }
    }
}
