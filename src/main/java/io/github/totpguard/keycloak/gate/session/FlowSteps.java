package io.github.totpguard.keycloak.gate.session;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;

/** The other steps of the flow that contains the current step. */
public final class FlowSteps {
    private final AuthenticationFlowContext context;
    private final RealmModel realm;

    private FlowSteps(AuthenticationFlowContext context) {
        this.context = context;
        this.realm = context.getRealm();
    }

    public static FlowSteps of(AuthenticationFlowContext context) {
        return new FlowSteps(context);
    }

    /** Whether the flow, including its sub-flows, has an enabled step of this authenticator. */
    public boolean has(String authenticator) {
        return enabled(realm, context.getTopLevelFlow())
                .anyMatch(step -> authenticator.equals(step.getAuthenticator()));
    }

    /**
     * The enabled steps of a flow and its sub-flows.
     *
     * @param flow null, if the realm has none, has no steps
     */
    public static Stream<AuthenticationExecutionModel> enabled(RealmModel realm, AuthenticationFlowModel flow) {
        return flow == null ? Stream.empty() : steps(realm, flow.getId());
    }

    private static Stream<AuthenticationExecutionModel> steps(RealmModel realm, String flowId) {
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(step -> !step.isDisabled())
                .flatMap(step -> step.isAuthenticatorFlow() ? steps(realm, step.getFlowId()) : Stream.of(step));
    }

    /** Whether the user can switch from the current step to a step of one of these authenticators. */
    public boolean canChangeTo(Set<String> authenticators) {
        return context.getAuthenticationSelections().stream()
                .anyMatch(selection -> authenticators.contains(
                        selection.getAuthenticationExecution().getAuthenticator()));
    }

    /** Whether the current step adds a reference to {@code amr} (RFC 8176) when it succeeds. */
    public boolean claimsReference() {
        return Optional.ofNullable(context.getAuthenticatorConfig())
                .map(AuthenticatorConfigModel::getConfig)
                .map(config -> config.get(Constants.AUTHENTICATION_EXECUTION_REFERENCE_VALUE))
                .filter(reference -> !reference.isBlank())
                .isPresent();
    }
}
