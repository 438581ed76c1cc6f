package io.github.totpguard.it.entrances;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.CallbackServer;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpBrowser;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.IdentityProvider;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.SoftKey;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.Workspace;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Which credentials and links a session may change: every type of session, every type of user, every action and REST
 * call.
 */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Changing the ways to sign in")
final class WaysInIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String PASSWORD_CLIENT = "password-client";
    private static final String KEY_FLOW = "browser with keys";
    private static final List<String> CODES_OF_KEYCLOAK =
            List.of("ABCDEFGH1234", "IJKLMNPQ5678", "RSTUVWXY1234", "Q234567");

    /** How the session was created. */
    private enum Login {
        PASSWORD("password only"),
        TRUSTED_BROWSER("trusted browser"),
        IDENTITY_PROVIDER("identity provider"),
        CODE("one-time code"),
        BACKUP_CODE("backup code"),
        KEY("security key");

        private final String title;

        Login(String title) {
            this.title = title;
        }

        private boolean provesFactor() {
            return this == CODE || this == BACKUP_CODE || this == KEY;
        }
    }

    private enum Factor {
        DEVICE("otp"),
        CODES("recovery-authn-codes"),
        KEY("webauthn");

        private final String type;

        Factor(String type) {
            this.type = type;
        }
    }

    /** The factors that the user has. */
    private enum Owner {
        NOTHING("nothing", EnumSet.noneOf(Factor.class)),
        DEVICE("device", EnumSet.of(Factor.DEVICE)),
        CODES("codes", EnumSet.of(Factor.CODES)),
        KEY("key", EnumSet.of(Factor.KEY)),
        ALL("all", EnumSet.allOf(Factor.class));

        private final String title;
        private final Set<Factor> factors;

        Owner(String title, Set<Factor> factors) {
            this.title = title;
            this.factors = factors;
        }

        private boolean isPossible(Login login) {
            return switch (login) {
                case PASSWORD, IDENTITY_PROVIDER -> true;
                case TRUSTED_BROWSER, CODE -> factors.contains(Factor.DEVICE);
                case BACKUP_CODE -> factors.contains(Factor.CODES);
                case KEY -> factors.contains(Factor.KEY);
            };
        }
    }

    private final PhoneApp phone = PhoneApp.type(SECRET);
    private final SoftKey key = new SoftKey();

    private TestRealm realm;
    private IdentityProvider provider;
    private TestClock clock;

    @Test
    @Tag("S38")
    @Tag("S39")
    @Tag("A11")
    @Tag("A19")
    @DisplayName("without a proof, a session changes no way to sign in of a user with a second factor (the table)")
    void table(Realms realms, TestClock time) throws IOException {
        clock = time;
        realm = realms.plain("ways-in").then(WaysInIT::prepare).create();
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("trustedBrowserDays", "30"));
        provider = IdentityProvider.of(realm, realms);
        List<String> rows = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Login login : Login.values()) {
            for (Owner owner : Owner.values()) {
                if (owner.isPossible(login)) {
                    Map<String, Set<String>> cells = cells(login, owner);
                    rows.add(row(login, owner, cells));
                    boolean allowed = login.provesFactor() || owner.factors.isEmpty();
                    cells.forEach((column, answers) -> {
                        if (!answers.stream().allMatch(answer -> isExpected(answer, allowed))) {
                            wrong.add(login.title + ", " + owner.title + ", " + column + ": " + answers);
                        }
                    });
                }
            }
        }
        String table = header() + String.join("\n", rows) + "\n";
        System.out.println(table);
        Files.writeString(Workspace.directory(Workspace.own("tables")).resolve("ways-in.md"), table);
        assertThat(wrong).isEmpty();
        assertThat(Files.readString(Path.of("docs", "security.md"))).contains(table);
    }

    private static boolean isExpected(String answer, boolean allowed) {
        return allowed
                ? Set.of("yes", "-").contains(answer)
                : Set.of("asks", "403", "refused", "-").contains(answer);
    }

    private static void prepare(TestRealm realm) {
        BuiltInFlowsIT.switchOn(realm);
        realm.enableRequiredAction("UPDATE_EMAIL", true);
        realm.registerRequiredAction(BackupCodes.ACTION, "Create backup codes");
        Flows flows = realm.flows();
        flows.copy("browser", KEY_FLOW);
        flows.executions(KEY_FLOW).stream()
                .filter(execution -> "webauthn-authenticator".equals(execution.getProviderId()))
                .forEach(execution -> flows.require(KEY_FLOW, execution.getId(), "ALTERNATIVE"));
        flows.bindBrowser(KEY_FLOW);
        flows.copy("browser", "password only");
        flows.executions("password only").stream()
                .filter(execution -> execution.getDisplayName().matches(".* Conditional (2FA|OTP)"))
                .forEach(execution -> flows.remove(execution.getId()));
        String id = realm.admin().get(realm.path("/authentication/flows")).findParents("alias").stream()
                .filter(flow -> flow.path("alias").asText().equals("password only"))
                .map(flow -> flow.path("id").asText())
                .findFirst()
                .orElseThrow();
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(PASSWORD_CLIENT);
        client.setEnabled(true);
        client.setPublicClient(true);
        client.setRedirectUris(List.of(CallbackServer.uri().toString()));
        client.setAuthenticationFlowBindingOverrides(Map.of("browser", id));
        realm.admin().create(realm.path("/clients"), client);
    }

    // ---- One row of the table ----

    private Map<String, Set<String>> cells(Login login, Owner owner) {
        String name = login.name().toLowerCase().replace('_', '-') + "-" + owner.title;
        FederatedIdentityRepresentation identity = provider.addUser(name);
        String user = addUser(name, owner, login == Login.IDENTITY_PROVIDER ? List.of(identity) : List.of());
        HttpLogin session = logIn(login, owner, name);
        assertThat(session.outcome()).as("%s, %s", login, owner).isEqualTo(Outcome.LOGGED_IN);
        OidcLogin again = OidcLogin.to(realm);
        session.go(again.uri());
        String token = again.accessToken(session.callback());
        Map<String, Set<String>> cells = new LinkedHashMap<>();
        cells.put("set up a device", actions(session, "CONFIGURE_TOTP", "totp-guard-setup"));
        cells.put("make codes", actions(session, "CONFIGURE_RECOVERY_AUTHN_CODES", "totp-guard-backup-codes"));
        cells.put("add a key", actions(session, "webauthn-register", "webauthn-register-passwordless"));
        cells.put("link", actions(session, "idp_link:" + IdentityProvider.ALIAS));
        cells.put("e-mail", actions(session, "UPDATE_EMAIL"));
        cells.put("password", actions(session, "UPDATE_PASSWORD"));
        List<String> stored = owner.factors.stream()
                .map(factor -> realm.credentials(user, factor.type).get(0).getId())
                .toList();
        cells.put(
                "remove",
                stored.isEmpty()
                        ? Set.of("-")
                        : actions(
                                session,
                                stored.stream()
                                        .map(id -> "delete_credential:" + id)
                                        .toArray(String[]::new)));
        cells.put("REST: remove", removals(token, owner));
        cells.put("REST: link", Set.of(link(session, user, login)));
        return cells;
    }

    private static String header() {
        String columns = "session of | user has | set up a device | make codes | add a key | link | e-mail | password |"
                + " remove | REST: remove | REST: link";
        return "| " + columns + " |\n" + columns.replaceAll("[^|]+", "---").replaceAll("^|$", "|") + "\n";
    }

    private static String row(Login login, Owner owner, Map<String, Set<String>> cells) {
        return cells.values().stream()
                .map(answers -> String.join("/", answers))
                .collect(Collectors.joining(" | ", "| " + login.title + " | " + owner.title + " | ", " |"));
    }

    private Set<String> actions(HttpLogin session, String... actions) {
        Set<String> answers = new LinkedHashSet<>();
        for (String action : actions) {
            session.go(OidcLogin.to(realm).with("kc_action", action).uri());
            answers.add(answer(session));
        }
        return answers;
    }

    private static String answer(HttpLogin session) {
        if (session.outcome() == Outcome.LOGGED_IN || session.outcome() == Outcome.ERROR_PAGE) {
            return session.outcome().name();
        }
        return session.body().contains("totp-guard-prove-form") ? "asks" : "yes";
    }

    /** Uses the ids that stand for a type: they follow the same rule and remove nothing. */
    private Set<String> removals(String token, Owner owner) {
        Set<String> answers = new LinkedHashSet<>();
        for (Factor factor : owner.factors) {
            HttpResponse<String> response = realm.account(token).removeCredential(factor.type + "-id");
            answers.add(response.statusCode() == 204 ? "yes" : Integer.toString(response.statusCode()));
        }
        return answers.isEmpty() ? Set.of("-") : answers;
    }

    /** Uses the address to which an application may send its user; the account REST returns the same address. */
    private String link(HttpLogin session, String user, Login login) {
        if (login == Login.IDENTITY_PROVIDER) {
            realm.admin().delete(realm.path("/users/" + user + "/federated-identity/" + IdentityProvider.ALIAS));
        }
        OidcLogin again = OidcLogin.to(realm);
        session.go(again.uri());
        String sid = (String) again.claims(session.callback()).getClaim("sid");
        session.go(provider.legacyLink(sid));
        if (session.outcome() == Outcome.PASSWORD_PAGE) {
            String name = realm.user(user).getUsername();
            session.postPassword(name, name);
        }
        boolean linked = !provider.links(user).isEmpty();
        assertThat(linked).isEqualTo(session.outcome() == Outcome.AT_APPLICATION);
        return linked ? "yes" : "refused";
    }

    // ---- Sessions ----

    private String addUser(String name, Owner owner, List<FederatedIdentityRepresentation> identities) {
        UserRepresentation person = People.person(name);
        List<CredentialRepresentation> credentials = new ArrayList<>(List.of(People.password(name)));
        for (Factor factor : owner.factors) {
            credentials.add(
                    switch (factor) {
                        case DEVICE -> People.plaintextOtp("phone", SECRET);
                        case CODES -> BackupCodes.ofKeycloak(CODES_OF_KEYCLOAK);
                        case KEY -> key.secondFactor("my key");
                    });
        }
        person.setCredentials(credentials);
        person.setFederatedIdentities(identities);
        return realm.addUser(person);
    }

    private HttpLogin logIn(Login login, Owner owner, String name) {
        return switch (login) {
            case PASSWORD -> {
                HttpLogin session = HttpLogin.open(OidcLogin.toClient(realm, PASSWORD_CLIENT));
                session.postPassword(name, name);
                yield session;
            }
            case TRUSTED_BROWSER -> {
                HttpBrowser browser = new HttpBrowser(HttpBrowser.FIREFOX);
                browser.trust(realm, name, phone.code(clock));
                yield browser.logIn(realm, name);
            }
            case IDENTITY_PROVIDER -> {
                HttpLogin session = HttpLogin.open(provider.login());
                session.postPassword(name, name);
                yield session;
            }
            case CODE -> {
                HttpLogin session = HttpLogin.atCodePage(realm, name);
                session.postOtp(phone.code(clock));
                yield session;
            }
            case BACKUP_CODE -> byBackupCode(owner, name);
            case KEY -> byKey(name);
        };
    }

    private HttpLogin byBackupCode(Owner owner, String name) {
        HttpLogin session = HttpLogin.open(OidcLogin.to(realm));
        session.postPassword(name, name);
        if (owner.factors.contains(Factor.DEVICE)) {
            session.post("useBackupCode", Map.of("useBackupCode", "true"));
        }
        BackupCodes.enter(session, "ABCD-EFGH-1234");
        if (owner.factors.contains(Factor.DEVICE)) {
            session.post("no", Map.of("no", "true"));
        }
        if (session.body().contains("totp-guard-later")) {
            session.post("later", Map.of("later", "true"));
        }
        return session;
    }

    private HttpLogin byKey(String name) {
        HttpLogin session = HttpLogin.open(OidcLogin.to(realm));
        session.postPassword(name, name);
        if (session.outcome() == Outcome.CODE_PAGE) {
            session.post("tryAnotherWay", Map.of("tryAnotherWay", "on"));
            String choice = session.body()
                    .replaceAll("(?s).*value=\"([^\"]+)\"[^>]*>(?:(?!value=).)*?(?i:security key|passkey).*", "$1");
            session.post("authenticationExecution", Map.of("authenticationExecution", choice));
        }
        key.answer(session);
        return session;
    }

    // ---- Beyond the table ----

    @Test
    @Tag("A19")
    @DisplayName(
            "a proof expires: after proofMaxAge the same session is asked again, and one proof is enough for an action")
    void age(Realms realms, TestClock time) {
        clock = time;
        realm = realms.plain("proof-age").then(WaysInIT::prepare).create();
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("proofMaxAge", "60", "max_auth_age", "3600"));
        addUser("bob", Owner.DEVICE, List.of());
        HttpLogin session = HttpLogin.atCodePage(realm, "bob");
        session.postOtp(phone.code(clock));
        assertThat(actions(session, "totp-guard-setup")).containsExactly("yes");
        clock.advance(Duration.ofSeconds(61));
        // The page that was opened with a proof may be completed later.
        session.post("label", Map.of("code", "", "label", ""));
        assertThat(answer(session)).isEqualTo("yes");
        assertThat(actions(session, "totp-guard-setup")).containsExactly("asks");
        assertThat(session.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(answer(session)).isEqualTo("yes");
    }

    @Test
    @Tag("S39")
    @DisplayName("a user who has only a key proves it with that key, on the page of the action itself")
    void byKeyInPlace(Realms realms, TestClock time) {
        clock = time;
        realm = realms.plain("key-proof").then(WaysInIT::prepare).create();
        String bob = addUser("bob", Owner.KEY, List.of());
        HttpLogin session = logIn(Login.PASSWORD, Owner.KEY, "bob");
        assertThat(actions(session, "totp-guard-setup")).containsExactly("asks");
        session.post("proveBy", Map.of("proveBy", "SECURITY_KEY", "totpGuardProof", "true"));
        assertThat(key.forged().answer(session)).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(session.body()).contains("totp-guard-prove-form", "be confirmed. Try again, or use another way");
        session.post("proveBy", Map.of("proveBy", "SECURITY_KEY", "totpGuardProof", "true"));
        assertThat(key.answer(session)).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(session.body()).contains("totp-guard-setup-form");
        assertThat(realm.credentials(bob, "otp")).isEmpty();
    }

    @Test
    @Tag("S38")
    @DisplayName("after a proof the key is registered, and a proof form that is sent twice registers no key")
    void registers(Realms realms, TestClock time) {
        clock = time;
        realm = realms.plain("key-added").then(WaysInIT::prepare).create();
        String bob = addUser("bob", Owner.DEVICE, List.of());
        HttpLogin session = logIn(Login.PASSWORD, Owner.DEVICE, "bob");
        assertThat(actions(session, "webauthn-register")).containsExactly("asks");
        HttpLogin twin = session.twin();
        session.postOtp(phone.code(clock));
        assertThat(session.body()).contains("attestationObject");
        twin.post("otp", Map.of("otp", phone.code(clock), "totpGuardProof", "true"));
        assertThat(realm.credentials(bob, "webauthn")).isEmpty();
        assertThat(new SoftKey().register(twin, "new key")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.credentials(bob, "webauthn")).hasSize(1);
    }
}
