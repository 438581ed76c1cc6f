package io.github.totpguard.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.HttpLogin.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.keycloak.representations.idm.UserRepresentation;

/** Checks that rules about counts hold when two requests arrive at the same moment, on one node or on two. */
public final class CountRules {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String OTHER_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private CountRules() {}

    /** Both devices of a user who needs one are removed at the same moment, each at a different node. */
    public static void lastDevice(TestRealm realm, TestClock clock, URI... nodes) {
        UserRepresentation person = People.person("bob");
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("phone", SECRET),
                People.plaintextOtp("tablet", OTHER_SECRET)));
        String bob = realm.addUser(person);
        String token = realm.accessToken("bob", PhoneApp.type(SECRET).code(clock));
        List<String> devices = realm.credentials(bob, "otp").stream()
                .map(credential -> credential.getId())
                .toList();
        // Each node has the user with both devices in its cache.
        for (URI node : nodes) {
            realm.account(token, node).get("/credentials");
        }
        List<Integer> answers = AtOnce.run(2, i -> realm.account(token, nodes[i % nodes.length])
                .removeCredential(devices.get(i))
                .statusCode());
        assertThat(answers).containsExactlyInAnyOrder(204, 403);
        assertThat(realm.credentials(bob, "otp")).hasSize(1);
    }

    /** A user may have one device and confirms several set-ups at the same moment. */
    public static void setUps(TestRealm realm, TestClock clock, URI... nodes) {
        int tabs = 4;
        String alice = realm.addUser("alice");
        HttpLogin[] pages = IntStream.range(0, tabs)
                .mapToObj(i -> {
                    HttpLogin login = HttpLogin.open(OidcLogin.to(realm), nodes[i % nodes.length]);
                    login.postPassword("alice", "alice");
                    return login;
                })
                .toArray(HttpLogin[]::new);
        PhoneApp[] apps =
                IntStream.range(0, tabs).mapToObj(i -> PhoneApp.scan(pages[i])).toArray(PhoneApp[]::new);
        List<Outcome> outcomes = AtOnce.run(
                tabs, i -> pages[i].post("code", Map.of("code", apps[i].code(clock), "label", "device " + i)));
        assertThat(outcomes).containsOnlyOnce(Outcome.LOGGED_IN);
        assertThat(realm.credentials(alice, "otp")).hasSize(1);
    }

    /** Backup codes are generated several times at the same moment: one list remains. */
    public static void backupCodes(TestRealm realm, URI... nodes) {
        int tabs = 4;
        String carol = realm.addUser("carol");
        OidcLogin making = OidcLogin.to(realm).with("kc_action", BackupCodes.ACTION);
        HttpLogin[] pages = IntStream.range(0, tabs)
                .mapToObj(i -> {
                    HttpLogin login = HttpLogin.open(making, nodes[i % nodes.length]);
                    login.postPassword("carol", "carol");
                    return login;
                })
                .toArray(HttpLogin[]::new);
        AtOnce.run(tabs, i -> pages[i].post("confirm", Map.of("confirm", "true", "saved", "true")));
        assertThat(realm.credentials(carol, BackupCodes.TYPE)).hasSize(1);
    }
}
