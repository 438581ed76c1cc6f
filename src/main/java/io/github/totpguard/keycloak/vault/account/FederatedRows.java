package io.github.totpguard.keycloak.vault.account;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.jpa.entity.FederatedUser;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/** The rows of {@code FED_USER_CREDENTIAL}: credentials of users from an external user store. */
final class FederatedRows implements AccountRows {
    private final EntityManager entities;
    private final String realmId;
    private final String ownerId;

    /** Read once, because many credentials may be appended. */
    private Optional<Integer> lastPriority = Optional.empty();

    FederatedRows(EntityManager entities, String realmId, String ownerId) {
        this.entities = entities;
        this.realmId = realmId;
        this.ownerId = ownerId;
        AccountRows.forget(entities, FederatedUserCredentialEntity.class);
    }

    @Override
    public List<CredentialModel> all() {
        return stored().map(FederatedRows::model).toList();
    }

    @Override
    public Optional<CredentialModel> lock(String id) {
        return Optional.ofNullable(
                        entities.find(FederatedUserCredentialEntity.class, id, LockModeType.PESSIMISTIC_WRITE))
                .filter(entity -> entity.getUserId().equals(ownerId))
                .map(FederatedRows::model);
    }

    @Override
    public void append(CredentialModel credential) {
        String providerId = new StorageId(ownerId).getProviderId();
        if (entities.find(FederatedUser.class, ownerId) == null) {
            FederatedUser user = new FederatedUser();
            user.setId(ownerId);
            user.setRealmId(realmId);
            user.setStorageProviderId(providerId);
            entities.persist(user);
        }
        FederatedUserCredentialEntity entity = new FederatedUserCredentialEntity();
        entity.setId(credential.getId());
        entity.setType(credential.getType());
        entity.setCreatedDate(credential.getCreatedDate());
        entity.setUserId(ownerId);
        entity.setRealmId(realmId);
        entity.setStorageProviderId(providerId);
        entity.setSecretData(credential.getSecretData());
        entity.setPriority(nextPriority());
        fill(entity, credential);
        entities.persist(entity);
    }

    @Override
    public void update(CredentialModel credential) {
        fill(entities.getReference(FederatedUserCredentialEntity.class, credential.getId()), credential);
    }

    @Override
    public void remove(String id) {
        entities.remove(entities.getReference(FederatedUserCredentialEntity.class, id));
    }

    private int nextPriority() {
        int last = lastPriority.orElseGet(() -> stored().mapToInt(FederatedUserCredentialEntity::getPriority)
                .max()
                .orElse(0));
        lastPriority = Optional.of(last + PRIORITY_DIFFERENCE);
        return last + PRIORITY_DIFFERENCE;
    }

    private Stream<FederatedUserCredentialEntity> stored() {
        return entities
                .createNamedQuery("federatedUserCredentialByUser", FederatedUserCredentialEntity.class)
                .setParameter("userId", ownerId)
                .getResultList()
                .stream();
    }

    private static void fill(FederatedUserCredentialEntity entity, CredentialModel credential) {
        entity.setUserLabel(credential.getUserLabel());
        entity.setCredentialData(credential.getCredentialData());
    }

    private static CredentialModel model(FederatedUserCredentialEntity entity) {
        CredentialModel credential = new CredentialModel();
        credential.setId(entity.getId());
        credential.setType(entity.getType());
        credential.setCreatedDate(entity.getCreatedDate());
        credential.setUserLabel(entity.getUserLabel());
        credential.setSecretData(entity.getSecretData());
        credential.setCredentialData(entity.getCredentialData());
        return credential;
    }
}
