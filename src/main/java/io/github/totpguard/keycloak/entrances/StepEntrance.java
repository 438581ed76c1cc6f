package io.github.totpguard.keycloak.entrances;

import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A step of a flow under Keycloak's id.
 *
 * @param <P> the credential provider, the same for Keycloak's step and TOTP Guard's
 */
@SuppressWarnings("rawtypes") // as Keycloak declares it
final class StepEntrance<P extends CredentialProvider> implements Authenticator, CredentialValidator<P> {
    private final Authenticator keycloaks;
    private final CredentialValidator<P> keycloaksType;
    private final String ours;

    private StepEntrance(Authenticator keycloaks, CredentialValidator<P> keycloaksType, String ours) {
        this.keycloaks = keycloaks;
        this.keycloaksType = keycloaksType;
        this.ours = ours;
    }

    /** @param ours the id of the authenticator that replaces Keycloak's, with the same credential type */
    static <P extends CredentialProvider, A extends Authenticator & CredentialValidator<P>> StepEntrance<P> of(
            A keycloaks, String ours) {
        return new StepEntrance<>(keycloaks, keycloaks, ours);
    }

    private Authenticator target(KeycloakSession session) {
        return Entrances.step(session, ours, keycloaks);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        target(context.getSession()).authenticate(context);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        target(context.getSession()).action(context);
    }

    /** True for all steps that are redirected here. */
    @Override
    public boolean requiresUser() {
        return keycloaks.requiresUser();
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return target(session).configuredFor(session, realm, user);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        target(session).setRequiredActions(session, realm, user);
    }

    @Override
    public List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
        return target(session).getRequiredActions(session);
    }

    @Override
    public boolean areRequiredActionsEnabled(KeycloakSession session, RealmModel realm) {
        return target(session).areRequiredActionsEnabled(session, realm);
    }

    @Override
    public P getCredentialProvider(KeycloakSession session) {
        return keycloaksType.getCredentialProvider(session);
    }

    @Override
    public String getType(KeycloakSession session) {
        return target(session) instanceof CredentialValidator<?> step
                ? step.getType(session)
                : keycloaksType.getType(session);
    }

    @Override
    public void close() {
        // nothing to close
    }
}
