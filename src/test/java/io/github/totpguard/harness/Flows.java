package io.github.totpguard.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;

/** The authentication flows of a realm. Flows and sub-flows are named by alias. */
public final class Flows {

    private final TestRealm realm;

    Flows(TestRealm realm) {
        this.realm = realm;
    }

    public void copy(String from, String to) {
        realm.admin().post(flow(from) + "/copy", Map.of("newName", to));
    }

    /** The executions of a flow and its sub-flows, in order. */
    public List<AuthenticationExecutionInfoRepresentation> executions(String flow) {
        return realm.admin().get(flow(flow) + "/executions", new TypeReference<>() {});
    }

    /** The execution of an authenticator in a flow or its sub-flows. */
    public AuthenticationExecutionInfoRepresentation execution(String flow, String authenticator) {
        return only(flow, authenticator, execution -> authenticator.equals(execution.getProviderId()));
    }

    public AuthenticationExecutionInfoRepresentation subFlow(String flow, String alias) {
        return only(flow, alias, execution -> alias.equals(execution.getDisplayName()));
    }

    /**
     * Adds an authenticator at the end.
     *
     * @param flow the flow or sub-flow to add to
     * @return the id of the execution
     */
    public String add(String flow, String authenticator, String requirement) {
        String id = realm.admin().create(flow(flow) + "/executions/execution", Map.of("provider", authenticator));
        require(flow, id, requirement);
        return id;
    }

    /** Adds an empty sub-flow at the end and returns its id as an execution. */
    public String addSubFlow(String flow, String alias, String requirement) {
        realm.admin()
                .create(
                        flow(flow) + "/executions/flow",
                        Map.of("alias", alias, "type", "basic-flow", "provider", "registration-page-form"));
        String id = subFlow(flow, alias).getId();
        require(flow, id, requirement);
        return id;
    }

    public void require(String flow, String executionId, String requirement) {
        AuthenticationExecutionInfoRepresentation execution =
                only(flow, executionId, candidate -> executionId.equals(candidate.getId()));
        execution.setRequirement(requirement);
        realm.admin().put(flow(flow) + "/executions", execution);
    }

    public void remove(String executionId) {
        realm.admin().delete(realm.path("/authentication/executions/" + executionId));
    }

    /** Moves an execution one place up among its siblings. */
    void raise(String executionId) {
        realm.admin().post(realm.path("/authentication/executions/" + executionId + "/raise-priority"), Map.of());
    }

    public void configure(String executionId, Map<String, String> config) {
        realm.admin()
                .create(
                        realm.path("/authentication/executions/" + executionId + "/config"),
                        Map.of("alias", "config of " + executionId, "config", config));
    }

    /** Sets the value that {@code amr} gets when this execution succeeds, and for how many seconds it is valid. */
    public void reference(String executionId, String value, int maxAgeSeconds) {
        configure(
                executionId,
                Map.of("default.reference.value", value, "default.reference.maxAge", String.valueOf(maxAgeSeconds)));
    }

    public void bindBrowser(String flow) {
        realm.change(settings -> settings.setBrowserFlow(flow));
    }

    public void bindDirectGrant(String flow) {
        realm.change(settings -> settings.setDirectGrantFlow(flow));
    }

    public void bindReset(String flow) {
        realm.change(settings -> settings.setResetCredentialsFlow(flow));
    }

    private AuthenticationExecutionInfoRepresentation only(
            String flow, String what, Predicate<AuthenticationExecutionInfoRepresentation> which) {
        return executions(flow).stream()
                .filter(which)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no execution " + what + " in flow " + flow));
    }

    private String flow(String alias) {
        return realm.path("/authentication/flows/" + Http.encode(alias).replace("+", "%20"));
    }
}
