package io.github.totpguard.keycloak.vault.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A row of {@code TOTP_GUARD_SHARE}: one user, or the members of one group, may read the codes of one account. */
@Entity
@Table(name = ShareEntity.TABLE)
@NamedQuery(
        name = "totpGuard.sharesOfAccount",
        query = "select s from ShareEntity s where s.realmId = :realmId and s.ownerId = :ownerId"
                + " and s.credentialId = :credentialId order by s.created, s.id")
@NamedQuery(
        name = "totpGuard.sharesForRecipients",
        query = "select s from ShareEntity s where s.realmId = :realmId and s.recipientKind = :kind"
                + " and s.recipientId in (:recipientIds) order by s.created, s.id")
@NamedQuery(
        name = "totpGuard.removeSharesByUser",
        query = "delete from ShareEntity s where s.ownerId = :id"
                + " or (s.recipientKind = 'user' and s.recipientId = :id)")
@NamedQuery(
        name = "totpGuard.removeSharesByGroup",
        query = "delete from ShareEntity s where s.recipientKind = 'group' and s.recipientId = :id")
@NamedQuery(name = "totpGuard.removeSharesByRealm", query = "delete from ShareEntity s where s.realmId = :id")
public class ShareEntity {
    static final String TABLE = "TOTP_GUARD_SHARE";
    public static final String USER = "user";
    public static final String GROUP = "group";

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 255, nullable = false, updatable = false)
    private String realmId;

    /** No foreign key, because the id can also be {@code f:component:name}. */
    @Column(name = "OWNER_ID", length = 255, nullable = false, updatable = false)
    private String ownerId;

    @Column(name = "CREDENTIAL_ID", length = 36, nullable = false, updatable = false)
    private String credentialId;

    @Column(name = "RECIPIENT_KIND", length = 8, nullable = false, updatable = false)
    private String recipientKind;

    @Column(name = "RECIPIENT_ID", length = 255, nullable = false, updatable = false)
    private String recipientId;

    /** Epoch seconds. */
    @Column(name = "CREATED", nullable = false, updatable = false)
    private long created;

    protected ShareEntity() {
        // for JPA
    }

    ShareEntity(
            String id,
            String realmId,
            String ownerId,
            String credentialId,
            String recipientKind,
            String recipientId,
            long created) {
        this.id = id;
        this.realmId = realmId;
        this.ownerId = ownerId;
        this.credentialId = credentialId;
        this.recipientKind = recipientKind;
        this.recipientId = recipientId;
        this.created = created;
    }

    public String id() {
        return id;
    }

    String ownerId() {
        return ownerId;
    }

    String credentialId() {
        return credentialId;
    }

    public boolean isForGroup() {
        return GROUP.equals(recipientKind);
    }

    public String recipientId() {
        return recipientId;
    }

    public long created() {
        return created;
    }
}
