package io.github.totpguard.keycloak.gate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A row of {@code TOTP_GUARD_STATE}: one user's state, as text that {@link StateCodec} reads and writes. */
@Entity
@Table(name = "TOTP_GUARD_STATE")
@NamedQuery(name = "totpGuard.removeByRealm", query = "delete from StateEntity s where s.realmId = :realmId")
@NamedQuery(name = "totpGuard.removeByUser", query = "delete from StateEntity s where s.userId = :userId")
public class StateEntity {
    /** Also {@code f:component:name} of users that live in another store, hence no foreign key. */
    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId;

    @Column(name = "REALM_ID", length = 255, nullable = false, updatable = false)
    private String realmId;

    @Column(name = "STATE", nullable = false)
    private String state;

    protected StateEntity() {
        // for JPA
    }

    StateEntity(String userId, String realmId, String state) {
        this.userId = userId;
        this.realmId = realmId;
        this.state = state;
    }

    String state() {
        return state;
    }

    void state(String changed) {
        this.state = changed;
    }
}
