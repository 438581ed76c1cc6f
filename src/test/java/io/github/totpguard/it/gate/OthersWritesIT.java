package io.github.totpguard.it.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.UserRepresentation;

/** A step of another extension writes in the request in which the code is decided, and the request fails afterwards. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Writes of other extensions before the code")
final class OthersWritesIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String FLOW = "grant that writes";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pending insert", "insert", "update", "delete", "collection", "query", "sql"})
    @Tag("S13")
    @DisplayName("a change before the code, flushed or not, is rolled back if the request fails after the code")
    void undone(String way, Realms realms, TestClock clock, Database database) {
        TestRealm realm = realms.guarded("writes").create();
        String id = addBob(realm);
        String failing = grant(realm, way);
        List<String> before = stored(database, realm, id);

        String code = phone.code(clock);
        assertThat(tokens(realm, code).statusCode()).isEqualTo(500);
        assertThat(stored(database, realm, id)).isEqualTo(before);

        // The decision on the code is committed separately. Without the failure the change is saved.
        realm.flows().require(FLOW, failing, "DISABLED");
        assertThat(tokens(realm, code).body()).contains("Invalid one-time code");
        assertThat(stored(database, realm, id)).isNotEqualTo(before);
    }

    /**
     * Binds a direct grant that asks for a password, writes, asks for a code and fails. Returns the failing execution.
     */
    private static String grant(TestRealm realm, String way) {
        Flows flows = realm.flows();
        flows.copy("direct grant", FLOW);
        flows.executions(FLOW).stream()
                .filter(execution -> execution.getDisplayName().endsWith("Conditional OTP"))
                .forEach(execution -> flows.remove(execution.getId()));
        flows.configure(flows.add(FLOW, "test-writing", "REQUIRED"), Map.of("by", way));
        flows.add(FLOW, "totp-guard-direct-grant", "REQUIRED");
        String failing = flows.add(FLOW, "test-writing", "REQUIRED");
        flows.configure(failing, Map.of("by", "failure"));
        flows.bindDirectGrant(FLOW);
        return failing;
    }

    private static String addBob(TestRealm realm) {
        // Otherwise an administrator cannot set the user's attributes.
        ObjectNode profile = (ObjectNode) realm.admin().get(realm.path("/users/profile"));
        realm.admin().put(realm.path("/users/profile"), profile.put("unmanagedAttributePolicy", "ENABLED"));
        UserRepresentation bob = People.person("bob");
        bob.setCredentials(List.of(People.password("bob"), People.plaintextOtp("phone", SECRET)));
        bob.setAttributes(Map.of("kept", List.of("yes")));
        return realm.addUser(bob);
    }

    /** All data that the step may change. */
    private static List<String> stored(Database database, TestRealm realm, String user) {
        return List.of(
                database.rows("select first_name, last_name from user_entity where id = ?", user)
                        .toString(),
                database.rows("select name, value from user_attribute where user_id = ? order by name", user)
                        .toString(),
                database.rows(
                                "select value from web_origins w join client c on c.id = w.client_id"
                                        + " join realm r on r.id = c.realm_id where c.client_id = ? and r.name = ?",
                                TestRealm.CLIENT,
                                realm.name())
                        .toString());
    }

    private static HttpResponse<String> tokens(TestRealm realm, String code) {
        return realm.tokens().grant("bob", Map.of("otp", code));
    }
}
