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
 * The second factors that the realm's logins require. Each demand is a set of factors, and a user needs one factor of
 * the set. Steps in a {@code CONDITIONAL} sub-flow are not demanded, because the usual condition is that the user has
 * the factor.
 */
final class RequiredSecondFactors {
    private final KeycloakSession session;
    private final RealmModel realm;

    RequiredSecondFactors(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The demands that this factor satisfies, in the browser flow and in the flows that clients use instead of it. */
    Set<Set<SecondFactor>> answeredBy(SecondFactor factor) {
        return realm.getAuthenticationFlowsStream()
                .filter(AuthenticationFlowModel::isTopLevel)
                .filter(this::isInUse)
                .flatMap(flow -> demands(flow.getId()).stream())
                .filter(factors -> factors.contains(factor))
                .collect(Collectors.toSet());
    }

    /** Whether the realm's logins require any second factor. */
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
        // Keycloak ignores alternative steps beside a required one.
        if (executions.stream().allMatch(AuthenticationExecutionModel::isAlternative)) {
            demands.addAll(alternatives(executions));
        }
        return demands;
    }

    /**
     * One of several alternatives is enough. Alternatives that demand no factor, such as the cookie of an earlier
     * login, do not count.
     */
    private Set<Set<SecondFactor>> alternatives(List<AuthenticationExecutionModel> executions) {
        List<Set<Set<SecondFactor>>> demanding = executions.stream()
                .map(this::demands)
                .filter(demands -> !demands.isEmpty())
                .toList();
        if (demanding.size() == 1) {
            return demanding.get(0);
        }
        Set<SecondFactor> either =
                demanding.stream().flatMap(Set::stream).flatMap(Set::stream).collect(Collectors.toSet());
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
