package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.store.StateCodec.UnreadableStateException;
import java.util.Optional;

/** The user's locked row: whoever holds it is the only one, on all nodes, who decides about this user. */
public final class StateRow {
    private final StateTable table;
    private final String userId;
    private final SecondFactorState state;

    private StateRow(StateTable table, String userId, SecondFactorState state) {
        this.table = table;
        this.userId = userId;
        this.state = state;
    }

    /**
     * Waits for the row and locks it until the transaction ends, making it first if there is none.
     *
     * @throws org.hibernate.exception.ConstraintViolationException if another transaction made it at the same moment:
     *     try again
     */
    static StateRow lock(StateTable table, String userId, String realmId) throws UnreadableStateException {
        Optional<String> found = table.lock(userId);
        if (found.isPresent()) {
            return new StateRow(table, userId, StateCodec.read(found.get()));
        }
        table.insert(userId, realmId, StateCodec.write(SecondFactorState.EMPTY));
        return new StateRow(table, userId, SecondFactorState.EMPTY);
    }

    /** What the row says now, to look at: nothing is locked, and no row is made. */
    static SecondFactorState peek(StateTable table, String userId) throws UnreadableStateException {
        Optional<String> found = table.read(userId);
        return found.isPresent() ? StateCodec.read(found.get()) : SecondFactorState.EMPTY;
    }

    public SecondFactorState state() {
        return state;
    }

    /** Once in a transaction. */
    public void store(SecondFactorState changed) {
        if (!changed.equals(state)) {
            table.update(userId, StateCodec.write(changed));
        }
    }
}
