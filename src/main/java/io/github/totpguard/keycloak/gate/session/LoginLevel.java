package io.github.totpguard.keycloak.gate.session;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalLoaAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalLoaAuthenticatorFactory;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;

/**
 * The level of authentication (LoA) that a login reaches if the current execution succeeds. It is the level of the
 * condition in the enclosing flows. Without such a condition, it is the level that was requested by the application or
 * by the user's action.
 */
public final class LoginLevel {
    /** The level of a condition whose configuration is not readable. */
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final AuthenticationFlowContext context;
    private final RealmModel realm;

    private LoginLevel(AuthenticationFlowContext context) {
        this.context = context;
        this.realm = context.getRealm();
    }

    public static int of(AuthenticationFlowContext context) {
        LoginLevel level = new LoginLevel(context);
        OptionalInt around = flowsAround(context.getExecution(), context.getRealm())
                .flatMapToInt(level::levels)
                .max();
        return Math.max(around.orElseGet(level::requested), level.ofWholeFlow());
    }

    private static Stream<String> flowsAround(AuthenticationExecutionModel execution, RealmModel realm) {
        return Stream.iterate(execution.getParentFlow(), Objects::nonNull, flowId -> parent(flowId, realm));
    }

    private static String parent(String flowId, RealmModel realm) {
        AuthenticationFlowModel flow = realm.getAuthenticationFlowById(flowId);
        if (flow == null || flow.isTopLevel()) {
            return null;
        }
        return Optional.ofNullable(realm.getAuthenticationExecutionByFlowId(flowId))
                .map(AuthenticationExecutionModel::getParentFlow)
                .orElse(null);
    }

    private IntStream levels(String flowId) {
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(execution ->
                        ConditionalLoaAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator()))
                .filter(AuthenticationExecutionModel::isEnabled)
                .mapToInt(this::level);
    }

    private int level(AuthenticationExecutionModel condition) {
        return Optional.ofNullable(condition.getAuthenticatorConfig())
                .map(realm::getAuthenticatorConfigById)
                .map(AuthenticatorConfigModel::getConfig)
                .map(config -> config.get(ConditionalLoaAuthenticator.LEVEL))
                .filter(level -> level.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElse(UNKNOWN);
    }

    private int requested() {
        return new AcrStore(context.getSession(), context.getAuthenticationSession())
                .getRequestedLevelOfAuthentication(context.getTopLevelFlow());
    }

    /** The level that a client policy may set for the whole flow. */
    private int ofWholeFlow() {
        return Optional.ofNullable(context.getAuthenticationSession()
                        .getAuthNote(Constants.AUTHENTICATION_FLOW_LEVEL_OF_AUTHENTICATION))
                .map(Integer::valueOf)
                .orElse(Constants.NO_LOA);
    }
}
