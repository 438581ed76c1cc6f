package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticator;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.services.resources.LoginActionsService;

/**
 * The proof of a security key or passkey within a required action. Keycloak has a step for this only in flows. This
 * class runs that step, and its page submits to the action.
 */
final class KeyProof {
    private final RequiredActionContext context;
    private final SecondFactor key;

    /** @param key a factor with {@link SecondFactor#isKey()} */
    KeyProof(RequiredActionContext context, SecondFactor key) {
        this.context = context;
        this.key = key;
    }

    /** Keycloak's page that asks for the key. */
    Response page() {
        return step().fillContextForm(flow())
                .setActionUri(context.getActionUrl())
                .setExecution(context.getAction())
                .createLoginWebAuthn();
    }

    /** Whether the WebAuthn response in the form is valid. For an invalid one, the step writes the event. */
    boolean isAccepted() {
        AuthenticationFlowContext flow = flow();
        step().action(flow);
        boolean accepted = flow.getStatus() == FlowStatus.SUCCESS;
        if (accepted) {
            SecondFactorProof.record(context.getSession());
        }
        return accepted;
    }

    private WebAuthnAuthenticator step() {
        return KeyStep.of(context.getSession(), key);
    }

    private AuthenticationFlowContext flow() {
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        execution.setId(context.getAction());
        execution.setAuthenticator(KeyStep.id(key));
        execution.setRequirement(AuthenticationExecutionModel.Requirement.REQUIRED);
        AuthenticationFlowContext flow = new AuthenticationProcessor()
                .setSession(context.getSession())
                .setRealm(context.getRealm())
                .setAuthenticationSession(context.getAuthenticationSession())
                .setConnection(context.getConnection())
                .setUriInfo(context.getUriInfo())
                .setRequest(context.getHttpRequest())
                .setFlowPath(LoginActionsService.REQUIRED_ACTION)
                // A copy, because the action's own event must not change.
                .setEventBuilder(context.getEvent().clone().event(EventType.LOGIN))
                .createAuthenticatorContext(execution, step(), List.of());
        // The page would link to other authenticators of the flow, but there is no flow.
        flow.setAuthenticationSelections(List.of());
        return flow;
    }
}
