package io.github.totpguard.keycloak.entrances;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.keycloak.policy.GuardNames;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.sessions.AuthenticationSessionModel;

@DisplayName("Reports to Keycloak's brute-force protector")
class BruteForceEntranceTest {
    private static final Set<String> PASSWORD = Set.of("password");
    private static final Set<String> PASSWORD_AND_CODE = Set.of("password", "otp");

    /** The values of the getters of the user's counted failures; null if there is no record. */
    private Map<String, Number> record;

    private boolean on = true;
    private boolean inLogin = true;
    private int reads;
    private final Map<String, String> notes = new HashMap<>();
    private final List<String> sent = new ArrayList<>();
    private final UserModel user = answering(UserModel.class, (method, arguments) -> "user");
    private final BruteForceProtector protector =
            new BruteForceEntrance(session(), answering(BruteForceProtector.class, (method, arguments) -> {
                sent.add(method);
                return true;
            }));

    @Test
    @DisplayName("a success is not reported if neither the user nor the login has a failure")
    void nothingToClear() {
        succeed(PASSWORD_AND_CODE);
        assertThat(sent).isEmpty();
    }

    @Test
    @DisplayName("a success is not reported if an earlier success has already cleared the record")
    void clearedBefore() {
        record = Map.of();
        succeed(PASSWORD_AND_CODE);
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"getNumFailures", "getLastFailure", "getFailedLoginNotBefore", "getNumTemporaryLockouts"})
    @DisplayName("a success is reported if the record contains anything that every success clears")
    void primary(String held) {
        record = Map.of(held, 1);
        succeed(PASSWORD);
        assertThat(sent).containsExactly("successfulLogin");
    }

    @Test
    @DisplayName("failures at codes alone are a reason to report a success with a code, but not one without")
    void secondary() {
        record = Map.of("getNumSecondaryAuthFailures", 1);
        succeed(PASSWORD);
        assertThat(sent).isEmpty();
        succeed(PASSWORD_AND_CODE);
        assertThat(sent).containsExactly("successfulLogin");
    }

    @Test
    @DisplayName("after a failure in the same login a success is reported, because the failure may not be counted yet")
    void failureOfThisLogin() {
        protector.failedLogin(realm(), user, null, null, PASSWORD);
        assertThat(sent).containsExactly("failedLogin");
        succeed(PASSWORD_AND_CODE);
        assertThat(sent).containsExactly("failedLogin", "successfulLogin");
    }

    @Test
    @DisplayName("a failure that is not counted yet has no effect on another login")
    void failureOfAnotherLogin() {
        protector.failedLogin(realm(), user, null, null, PASSWORD);
        notes.clear();
        succeed(PASSWORD_AND_CODE);
        assertThat(sent).containsExactly("failedLogin");
    }

    @Test
    @DisplayName("outside of a login the record alone decides, and a failure is reported")
    void outsideOfLogin() {
        inLogin = false;
        protector.failedLogin(realm(), user, null, null, PASSWORD);
        succeed(PASSWORD);
        assertThat(sent).containsExactly("failedLogin");
        record = Map.of("getNumFailures", 1);
        succeed(PASSWORD);
        assertThat(sent).containsExactly("failedLogin", "successfulLogin");
    }

    @Test
    @Tag("D4")
    @DisplayName("if TOTP Guard is off, every report is sent, and neither a note is set nor a record read")
    void off() {
        on = false;
        protector.failedLogin(realm(), user, null, null, PASSWORD);
        succeed(PASSWORD);
        assertThat(sent).containsExactly("failedLogin", "successfulLogin");
        assertThat(notes).isEmpty();
        assertThat(reads).isZero();
    }

    @Test
    @DisplayName("a success that Keycloak ignores is passed on without reading the failures")
    void ignoredByKeycloak() {
        succeed(Set.of());
        succeed(Set.of("webauthn"));
        succeed(null);
        assertThat(sent).hasSize(3);
        assertThat(reads).isZero();
    }

    @Test
    @DisplayName("questions about locks are passed on to Keycloak")
    void locks() {
        assertThat(protector.isTemporarilyDisabled(session(), realm(), user)).isTrue();
        assertThat(protector.isPermanentlyLockedOut(session(), realm(), user)).isTrue();
        protector.cleanUpPermanentLockout(session(), realm(), user);
        protector.close();
        assertThat(sent).containsExactly("isTemporarilyDisabled", "isPermanentlyLockedOut", "cleanUpPermanentLockout");
    }

    private void succeed(Set<String> categories) {
        protector.successfulLogin(realm(), user, null, null, categories);
    }

    private RealmModel realm() {
        return answering(RealmModel.class, (method, arguments) -> {
            assertThat(arguments).containsExactly(GuardNames.SETUP_ACTION);
            RequiredActionProviderModel action = new RequiredActionProviderModel();
            action.setEnabled(on);
            return action;
        });
    }

    private KeycloakSession session() {
        UserLoginFailureProvider failures =
                answering(UserLoginFailureProvider.class, (method, arguments) -> failures());
        KeycloakContext context =
                answering(KeycloakContext.class, (method, arguments) -> inLogin ? authentication() : null);
        return answering(
                KeycloakSession.class, (method, arguments) -> method.equals("loginFailures") ? failures : context);
    }

    private UserLoginFailureModel failures() {
        reads++;
        if (record == null) {
            return null;
        }
        return answering(UserLoginFailureModel.class, (method, arguments) -> {
            int value = record.getOrDefault(method, 0).intValue();
            return method.equals("getLastFailure") ? (Object) (long) value : (Object) value;
        });
    }

    private AuthenticationSessionModel authentication() {
        return answering(
                AuthenticationSessionModel.class,
                (method, arguments) -> method.equals("setAuthNote")
                        ? notes.put((String) arguments[0], (String) arguments[1])
                        : notes.get(arguments[0]));
    }

    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }
}
