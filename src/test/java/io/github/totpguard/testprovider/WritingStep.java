package io.github.totpguard.testprovider;

import jakarta.persistence.EntityManager;
import java.util.Map;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Changes data in the transaction of the request, in one of the ways that Hibernate knows, and flushes the change; or
 * fails. The way {@code pending insert} does not flush.
 */
final class WritingStep extends TestStep {
    static final String BY = "by";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        write(context, config == null ? Map.of() : config.getConfig());
        context.success();
    }

    private static void write(AuthenticationFlowContext context, Map<String, String> config) {
        EntityManager entities =
                context.getSession().getProvider(JpaConnectionProvider.class).getEntityManager();
        String userId = context.getUser().getId();
        UserEntity user = entities.find(UserEntity.class, userId);
        switch (config.getOrDefault(BY, "")) {
            case "pending insert" -> context.getUser().setSingleAttribute("written", "yes");
            case "insert" -> {
                context.getUser().setSingleAttribute("written", "yes");
                entities.flush();
            }
            case "update" -> {
                user.setFirstName("Written");
                entities.flush();
            }
            case "delete" -> {
                UserAttributeEntity attribute = user.getAttributes().iterator().next();
                user.getAttributes().remove(attribute);
                entities.remove(attribute);
                entities.flush();
            }
            case "collection" -> {
                String clientId = context.getAuthenticationSession().getClient().getId();
                entities.find(ClientEntity.class, clientId).getWebOrigins().add("https://written.example.org");
                entities.flush();
            }
            case "query" ->
                entities.createQuery("update UserEntity set lastName = 'Written' where id = :id")
                        .setParameter("id", userId)
                        .executeUpdate();
            case "sql" ->
                entities.createNativeQuery("update USER_ENTITY set LAST_NAME = 'Written' where ID = :id")
                        .setParameter("id", userId)
                        .executeUpdate();
            case "failure" ->
                throw new IllegalStateException("Keycloak answers this failure with an error page and a rollback");
            default -> throw new IllegalStateException("not configured: " + BY);
        }
    }
}
