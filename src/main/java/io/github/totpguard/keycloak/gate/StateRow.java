package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.StateCodec.UnreadableStateException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

/** The user's locked row: whoever holds it is the only one, on all nodes, who decides about this user. */
final class StateRow {
    private final StateEntity entity;
    private final SecondFactorState state;

    private StateRow(StateEntity entity, SecondFactorState state) {
        this.entity = entity;
        this.state = state;
    }

    /**
     * Waits for the row and locks it until the transaction ends, making it first if there is none.
     *
     * @throws org.keycloak.models.ModelDuplicateException if another transaction made it at the same moment: try again
     */
    static StateRow lock(EntityManager em, String userId, String realmId) throws UnreadableStateException {
        StateEntity found = em.find(StateEntity.class, userId, LockModeType.PESSIMISTIC_WRITE);
        if (found != null) {
            return new StateRow(found, StateCodec.read(found.state()));
        }
        StateEntity made = new StateEntity(userId, realmId, StateCodec.write(SecondFactorState.EMPTY));
        em.persist(made);
        // Now, not at the commit: from here on the unique key holds off everyone else.
        em.flush();
        return new StateRow(made, SecondFactorState.EMPTY);
    }

    /** What the row says now, to look at: nothing is locked, and no row is made. */
    static SecondFactorState peek(EntityManager em, String userId) throws UnreadableStateException {
        StateEntity found = em.find(StateEntity.class, userId);
        return found == null ? SecondFactorState.EMPTY : StateCodec.read(found.state());
    }

    SecondFactorState state() {
        return state;
    }

    void store(SecondFactorState changed) {
        if (!changed.equals(state)) {
            entity.state(StateCodec.write(changed));
        }
    }
}
