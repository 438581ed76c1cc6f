package io.github.totpguard.keycloak.vault.account;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/** The rows of {@code CREDENTIAL}: credentials of Keycloak's own users and of imported ones. */
final class LocalRows implements AccountRows {
    private final EntityManager entities;
    private final String ownerId;

    /** Read once, because many credentials may be appended. */
    private Optional<Integer> lastPriority = Optional.empty();

    LocalRows(EntityManager entities, String ownerId) {
        this.entities = entities;
        this.ownerId = ownerId;
        AccountRows.forget(entities, CredentialEntity.class);
    }

    @Override
    public List<CredentialModel> all() {
        return stored().map(LocalRows::model).toList();
    }

    @Override
    public Optional<CredentialModel> lock(String id) {
        return Optional.ofNullable(entities.find(CredentialEntity.class, id, LockModeType.PESSIMISTIC_WRITE))
                .filter(entity -> entity.getUser().getId().equals(ownerId))
                .map(LocalRows::model);
    }

    @Override
    public void append(CredentialModel credential) {
        CredentialEntity entity = new CredentialEntity();
        entity.setId(credential.getId());
        entity.setType(credential.getType());
        entity.setCreatedDate(credential.getCreatedDate());
        entity.setUser(owner());
        entity.setSecretData(credential.getSecretData());
        entity.setPriority(nextPriority());
        fill(entity, credential);
        entities.persist(entity);
    }

    @Override
    public void update(CredentialModel credential) {
        fill(entities.getReference(CredentialEntity.class, credential.getId()), credential);
    }

    @Override
    public void remove(String id) {
        entities.remove(entities.getReference(CredentialEntity.class, id));
    }

    private int nextPriority() {
        int last = lastPriority.orElseGet(
                () -> stored().mapToInt(CredentialEntity::getPriority).max().orElse(0));
        lastPriority = Optional.of(last + PRIORITY_DIFFERENCE);
        return last + PRIORITY_DIFFERENCE;
    }

    private Stream<CredentialEntity> stored() {
        return entities
                .createNamedQuery("credentialByUser", CredentialEntity.class)
                .setParameter("user", owner())
                .getResultList()
                .stream();
    }

    private UserEntity owner() {
        return entities.getReference(UserEntity.class, ownerId);
    }

    private static void fill(CredentialEntity entity, CredentialModel credential) {
        entity.setUserLabel(credential.getUserLabel());
        entity.setCredentialData(credential.getCredentialData());
    }

    private static CredentialModel model(CredentialEntity entity) {
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
