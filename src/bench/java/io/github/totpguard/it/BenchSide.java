package io.github.totpguard.it;

import io.github.totpguard.bench.BenchUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * One of the two that are compared: its nodes, its database, its realm. Both realms ask for password and code in a flow of
 * the same shape, with brute-force detection; by our form where the side has a jar of ours, else by Keycloak's own.
 */
final class BenchSide implements AutoCloseable {

    private static final int USERS_AT_ONCE = 300;
    private static final int FAILURES = 30;
    private static final Duration CLUSTER_LIMIT = Duration.ofMinutes(1);

    private final String name;
    private final List<Path> homes;
    private List<ProductionKeycloak> nodes;
    private TestRealm realm;

    private BenchSide(String name, List<Path> homes, List<ProductionKeycloak> nodes, TestRealm realm) {
        this.name = name;
        this.homes = homes;
        this.nodes = nodes;
        this.realm = realm;
    }

    static BenchSide start(String name, Optional<Path> jar, int nodes, int users, Path directory, Postgres postgres) {
        String database = name.toLowerCase(Locale.ROOT);
        new Database(postgres.dataSource()::getConnection).update("CREATE DATABASE " + database);
        List<Path> homes = IntStream.rangeClosed(1, nodes)
                .mapToObj(i -> directory.resolve("keycloak-" + database + i))
                .toList();
        BuiltKeycloak.build(homes.get(0), jar.stream().toList(), List.of("--db=postgres"));
        homes.stream().skip(1).forEach(home -> BuiltKeycloak.copy(homes.get(0), home));
        List<ProductionKeycloak> started = start(homes, postgres, database);
        AdminApi admin = new AdminApi(started.get(0).baseUrl());
        TestRealm realm = realm(jar.isPresent(), new Realms(admin, new TestClock(admin.baseUrl())));
        BenchSide side = new BenchSide(name, homes, started, realm);
        side.addUsers(users);
        return side;
    }

    /** Stops the nodes and starts them anew, on the same data. */
    void restart(Postgres postgres, String... arguments) {
        close();
        nodes = start(homes, postgres, database(), arguments);
        AdminApi admin = new AdminApi(nodes.get(0).baseUrl());
        realm = new TestRealm(admin, new TestClock(admin.baseUrl()), realm.name());
    }

    private static List<ProductionKeycloak> start(
            List<Path> homes, Postgres postgres, String database, String... arguments) {
        List<ProductionKeycloak> nodes = new ArrayList<>();
        for (Path home : homes) {
            nodes.add(ProductionKeycloak.start(home, postgres, database, arguments));
        }
        awaitCluster(nodes);
        return nodes;
    }

    private static TestRealm realm(boolean guarded, Realms realms) {
        Realms.Builder builder = guarded ? realms.guarded("bench") : realms.plain("bench");
        builder.bruteForceProtected(FAILURES).settings(settings -> {
            settings.setEventsEnabled(false);
            settings.setAdminEventsEnabled(false);
        });
        return (guarded ? builder : builder.then(BenchSide::keycloaksOwnForm)).create();
    }

    /** The same flow as in a guarded realm, with Keycloak's authenticator. */
    private static void keycloaksOwnForm(TestRealm realm) {
        Flows flows = realm.flows();
        flows.copy("browser", Realms.BROWSER_FLOW);
        flows.executions(Realms.BROWSER_FLOW).stream()
                .filter(execution -> execution.getDisplayName().matches(".* Conditional (2FA|OTP)"))
                .forEach(execution -> flows.remove(execution.getId()));
        flows.reference(flows.add(Realms.FORMS, "auth-otp-form", "REQUIRED"), "otp", 36_000);
        flows.bindBrowser(Realms.BROWSER_FLOW);
    }

    private static void awaitCluster(List<ProductionKeycloak> nodes) {
        if (nodes.size() > 1) {
            Await.until("a cluster of " + nodes.size(), CLUSTER_LIMIT, () -> nodes.stream()
                    .anyMatch(node -> node.log().contains("(" + nodes.size() + ") [")));
        }
    }

    private void addUsers(int users) {
        for (int first = 0; first < users; first += USERS_AT_ONCE) {
            List<UserRepresentation> some = IntStream.range(first, Math.min(users, first + USERS_AT_ONCE))
                    .mapToObj(BenchUser::new)
                    .map(BenchSide::person)
                    .toList();
            realm.admin().post(realm.path("/partialImport"), Map.of("ifResourceExists", "FAIL", "users", some));
        }
    }

    private static UserRepresentation person(BenchUser user) {
        UserRepresentation person = People.person(user.name());
        person.setCredentials(List.of(
                People.password(user.name()),
                People.plaintextOtp("phone", user.secret().toBase32(), BenchUser.PERIOD)));
        return person;
    }

    String name() {
        return name;
    }

    String database() {
        return name.toLowerCase(Locale.ROOT);
    }

    TestRealm realm() {
        return realm;
    }

    /** The realm on each node, separated by commas. */
    String addresses() {
        return nodes.stream()
                .map(node -> node.baseUrl() + "/realms/" + realm.name())
                .collect(Collectors.joining(","));
    }

    CacheLog cacheLog() {
        return new CacheLog(nodes);
    }

    List<Long> processIds() {
        return nodes.stream().flatMap(node -> node.processIds().stream()).toList();
    }

    @Override
    public void close() {
        nodes.forEach(ProductionKeycloak::close);
    }
}
