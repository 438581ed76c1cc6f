package io.github.totpguard.keycloak.gate.session;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Which second factors the realm's logins cannot do without. Each demand is a set of factors of which a user needs
 * one. What is below a {@code CONDITIONAL} sub-flow is not demanded: its usual condition is that the user has it.
 */
final class RequiredSecondFactors {
    private final KeycloakSession session;
    private final RealmModel realm;

    RequiredSecondFactors(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Demands of the browser flow, and of those that clients have in its place, that this factor answers. */
    Set<Set<SecondFactor>> answeredBy(SecondFactor factor) {
        return realm.getAuthenticationFlowsStream()
                .filter(AuthenticationFlowModel::isTopLevel)
                .filter(this::isInUse)
                .flatMap(flow -> demands(flow.getId()).stream())
                .filter(factors -> factors.contains(factor))
                .collect(Collectors.toSet());
    }

    /** Whether there is any, of whatever second factor. */
    boolean isAny() {
        return realm.getAuthenticationFlowsStream()
                .filter(AuthenticationFlowModel::isTopLevel)
                .filter(this::isInUse)
                .anyMatch(flow -> !demands(flow.getId()).isEmpty());
    }

    private boolean isInUse(AuthenticationFlowModel flow) {
        AuthenticationFlowModel browser = realm.getBrowserFlow();
        return browser != null && flow.getId().equals(browser.getId())
                || realm.searchClientByAuthenticationFlowBindingOverrides(
                                Map.of(AuthenticationFlowBindings.BROWSER_BINDING, flow.getId()), 0, 1)
                        .findAny()
                        .isPresent();
    }

    private Set<Set<SecondFactor>> demands(String flowId) {
        List<AuthenticationExecutionModel> executions = realm.getAuthenticationExecutionsStream(flowId)
                .filter(execution -> !execution.isDisabled())
                .toList();
        Set<Set<SecondFactor>> demands = executions.stream()
                .filter(AuthenticationExecutionModel::isRequired)
                .flatMap(execution -> demands(execution).stream())
                .collect(Collectors.toCollection(HashSet::new));
        // Keycloak ignores alternatives beside anything that is required.
        if (executions.stream().allMatch(AuthenticationExecutionModel::isAlternative)) {
            demands.addAll(alternatives(executions));
        }
        return demands;
    }

    /** One of several is enough; those that ask for nothing, as the cookie of an earlier login, make no difference. */
    private Set<Set<SecondFactor>> alternatives(List<AuthenticationExecutionModel> executions) {
        List<Set<Set<SecondFactor>>> asking = executions.stream()
                .map(this::demands)
                .filter(demands -> !demands.isEmpty())
                .toList();
        if (asking.size() == 1) {
            return asking.get(0);
        }
        Set<SecondFactor> either =
                asking.stream().flatMap(Set::stream).flatMap(Set::stream).collect(Collectors.toSet());
        return either.isEmpty() ? Set.of() : Set.of(either);
    }

    private Set<Set<SecondFactor>> demands(AuthenticationExecutionModel execution) {
        if (execution.isAuthenticatorFlow()) {
            return demands(execution.getFlowId());
        }
        return Stream.of(execution.getAuthenticator())
                .filter(Objects::nonNull)
                .map(id -> (AuthenticatorFactory)
                        session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, id))
                .filter(Objects::nonNull)
                .flatMap(factory -> SecondFactor.ofType(factory.getReferenceCategory()).stream())
                .map(Set::of)
                .collect(Collectors.toSet());
    }
}
