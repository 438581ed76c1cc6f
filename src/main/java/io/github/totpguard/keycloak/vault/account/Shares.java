package io.github.totpguard.keycloak.vault.account;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.util.JpaUtils;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The rows of {@code TOTP_GUARD_SHARE}, in the request's transaction. */
public final class Shares {
    /** The maximum number of recipients of one account. */
    public static final int MAX_RECIPIENTS = 100;

    private final EntityManager entities;
    private final RealmModel realm;

    public Shares(KeycloakSession session, RealmModel realm) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
    }

    /** The shares of an account, the oldest first. */
    public List<ShareEntity> of(UserModel owner, String credentialId) {
        return query("totpGuard.sharesOfAccount")
                .setParameter("ownerId", owner.getId())
                .setParameter("credentialId", credentialId)
                .getResultList();
    }

    /** The shares of other users' accounts that a user may read, each account once. */
    List<ShareEntity> receivedBy(UserModel recipient) {
        Set<String> groups = groups(recipient);
        Stream<ShareEntity> asMember =
                groups.isEmpty() ? Stream.empty() : recipients(ShareEntity.GROUP, groups).stream();
        return Stream.concat(recipients(ShareEntity.USER, Set.of(recipient.getId())).stream(), asMember)
                .filter(share -> !share.ownerId().equals(recipient.getId()))
                .collect(Collectors.toMap(ShareEntity::credentialId, share -> share, (first, second) -> first))
                .values()
                .stream()
                .toList();
    }

    Optional<ShareEntity> receivedBy(UserModel recipient, String credentialId) {
        return receivedBy(recipient).stream()
                .filter(share -> share.credentialId().equals(credentialId))
                .findFirst();
    }

    public ShareEntity add(UserModel owner, String credentialId, String kind, String recipientId) {
        ShareEntity share = new ShareEntity(
                KeycloakModelUtils.generateId(),
                realm.getId(),
                owner.getId(),
                credentialId,
                kind,
                recipientId,
                Time.currentTimeMillis() / 1000);
        entities.persist(share);
        return share;
    }

    public void remove(ShareEntity share) {
        entities.remove(share);
    }

    /**
     * Removes all shares of an account, in the flush that removes the account. It uses plain SQL, because a query would
     * start another flush.
     */
    static void removeAll(EntityManager entities, String credentialId) {
        String table = JpaUtils.getTableNameForNativeQuery(ShareEntity.TABLE, entities);
        entities.unwrap(Session.class).doWork(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from " + table + " where CREDENTIAL_ID = ?")) {
                statement.setString(1, credentialId);
                statement.executeUpdate();
            }
        });
    }

    /** A member of a subgroup also counts as a member of its parent groups, as with the roles of groups. */
    public static Set<String> groups(UserModel user) {
        return user.getGroupsStream()
                .flatMap(group -> Stream.iterate(group, above -> above != null, GroupModel::getParent))
                .map(GroupModel::getId)
                .collect(Collectors.toSet());
    }

    private List<ShareEntity> recipients(String kind, Set<String> ids) {
        return query("totpGuard.sharesForRecipients")
                .setParameter("kind", kind)
                .setParameter("recipientIds", ids)
                .getResultList();
    }

    private TypedQuery<ShareEntity> query(String name) {
        return entities.createNamedQuery(name, ShareEntity.class).setParameter("realmId", realm.getId());
    }
}
