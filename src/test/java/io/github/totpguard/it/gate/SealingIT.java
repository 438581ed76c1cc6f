package io.github.totpguard.it.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Secrets at rest: how they are stored, which can be opened, and what happens if a row cannot be opened. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Sealing")
final class SealingIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String OTHER_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @ParameterizedTest(name = "{0}, {1} digits, {2} s, encoding {3}")
    @Tag("D1")
    @DisplayName("a device that Keycloak created is verified, and is sealed without losing any other data")
    @CsvSource({
        "HmacSHA1, 6, 30, BASE32",
        "HmacSHA1, 6, 30,",
        "HmacSHA256, 8, 60, BASE32",
        "HmacSHA512, 7, 1,",
        "HmacSHA512, 8, 300, BASE32"
    })
    void totpFromBefore(
            String algorithm,
            int digits,
            int period,
            String encoding,
            Realms realms,
            TestClock clock,
            Database database) {
        TestRealm realm = realms.guarded("sealing").create();
        String secret = encoding == null ? "Keycloak made me 42!" : SECRET;
        String id = realm.addUser(bob(People.plaintextOtp(
                "old phone", secret, credentialData("totp", algorithm, digits, period, 0, encoding))));
        Map<String, Object> before = row(database, id);
        PhoneApp app = PhoneApp.scan("otpauth://totp/x?secret=" + base32(secret, encoding) + "&algorithm="
                + algorithm.substring("Hmac".length()) + "&digits=" + digits + "&period=" + period);

        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(app.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(secretData(database, id)).startsWith("{\"value\":\"eyJ").doesNotContain(secret);
        assertThat(row(database, id)).isEqualTo(before);

        clock.advance(Duration.ofSeconds(2L * period));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(app.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("H4")
    @Tag("S35")
    @DisplayName("an existing HOTP token is verified and sealed, and its counter advances in Keycloak's field too")
    void hotpFromBefore(Realms realms, Database database) {
        TestRealm realm = realms.guarded("sealing").create();
        String id = realm.addUser(
                bob(People.plaintextOtp("token", SECRET, credentialData("hotp", "HmacSHA1", 6, 0, 3, "BASE32"))));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.codeOfCounter(2)))
                .isEqualTo(Outcome.CODE_PAGE);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.codeOfCounter(4)))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(secretData(database, id)).startsWith("{\"value\":\"eyJ");
        assertThat(credentialData(database, id)).contains("\"counter\":5");

        HttpLogin[] sessions = IntStream.range(0, 8)
                .mapToObj(i -> HttpLogin.atCodePage(realm, "bob"))
                .toArray(HttpLogin[]::new);
        assertThat(AtOnce.run(8, i -> sessions[i].postOtp(phone.codeOfCounter(5))))
                .containsOnlyOnce(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("D2")
    @Tag("S33")
    @DisplayName("a sealed row that is copied to another user, even of another realm, cannot be opened there")
    void copiedRow(Realms realms, TestClock clock, Database database) {
        TestRealm realm = realms.guarded("sealing").create();
        TestRealm elsewhere = realms.guarded("sealing").create();
        String bob = sealedUser(realm, "bob", clock);
        String mallory = sealedUser(realm, "mallory", clock);
        String stranger = sealedUser(elsewhere, "stranger", clock);
        clock.advance(Duration.ofSeconds(60));
        for (String thief : List.of(mallory, stranger)) {
            database.update(
                    "update credential set secret_data = ? where type = 'otp' and user_id = ?",
                    secretData(database, bob),
                    thief);
        }
        forgetCaches(realm, elsewhere);
        assertUnavailable(realm, "mallory", phone.code(clock));
        assertUnavailable(elsewhere, "stranger", phone.code(clock));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S36")
    @DisplayName(
            "a damaged row, or a row without readable data, stops one login with an event, and has no other effect")
    void damagedRow(Realms realms, TestClock clock, Database database) {
        TestRealm realm = realms.guarded("sealing").create();
        String bob = sealedUser(realm, "bob", clock);
        String carol = sealedUser(realm, "carol", clock);
        String sealed = secretData(database, bob);
        clock.advance(Duration.ofSeconds(60));
        char last = sealed.charAt(sealed.length() - 10);
        String changed = sealed.substring(0, sealed.length() - 10)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 9);
        for (String damaged : List.of(
                changed,
                sealed.substring(0, 80),
                sealed.substring(0, 80) + "\"}",
                "{\"value\":\"\"}",
                "{}",
                "no JSON")) {
            database.update("update credential set secret_data = ? where type = 'otp' and user_id = ?", damaged, bob);
            forgetCaches(realm);
            assertUnavailable(realm, "bob", phone.code(clock));
        }
        assertThat(HttpLogin.atCodePage(realm, "carol").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(secretData(database, carol)).isNotEqualTo(sealed);
    }

    @Test
    @Tag("S36")
    @DisplayName("a broken device does not affect the user's other device, and the event names it")
    void oneOfTwoBroken(Realms realms, TestClock clock, Database database) {
        TestRealm realm = realms.guarded("sealing").create();
        String id =
                realm.addUser(bob(People.plaintextOtp("phone", SECRET), People.plaintextOtp("tablet", OTHER_SECRET)));
        String tablet = database.text("select id from credential where user_label = 'tablet' and user_id = ?", id);
        database.update("update credential set secret_data = 'no JSON' where id = ?", tablet);
        forgetCaches(realm);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails())
                .containsEntry("totp_guard_unreadable", tablet + ":malformed");
    }

    @Test
    @Tag("A12")
    @Tag("S36")
    @DisplayName("after a key rotation old rows open with the old key; once that key is removed, they fail closed")
    void rotatedAndRemovedKey(Realms realms, TestClock clock, Database database, KeycloakRuntime keycloak) {
        TestRealm realm = realms.guarded("sealing").create();
        String bob = sealedUser(realm, "bob", clock);
        ComponentRepresentation oldKey = aesProvider(realm);
        addAesProvider(realm, 200, 32);
        clock.advance(Duration.ofSeconds(60));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        String carol = sealedUser(realm, "carol", clock);

        realm.admin().delete(realm.path("/components/" + oldKey.getId()));
        clock.advance(Duration.ofSeconds(60));
        assertUnavailable(realm, "bob", phone.code(clock));
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getError()).isEqualTo("totp_guard_unavailable_secrets");
        assertThat(keycloak.log()).contains("(key_missing): restore the key it was sealed with");
        assertThat(HttpLogin.atCodePage(realm, "carol").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(secretData(database, bob)).startsWith("{\"value\":\"eyJ");
        assertThat(secretData(database, carol)).startsWith("{\"value\":\"eyJ");
    }

    @Test
    @Tag("A12")
    @DisplayName("a realm from before 26.7 seals with its AES key of 128 bits until it gets a longer one")
    void shortKey(Realms realms, TestClock clock, Database database) {
        TestRealm realm = realms.guarded("sealing").create();
        realm.admin().delete(realm.path("/components/" + aesProvider(realm).getId()));
        addAesProvider(realm, 100, 16);
        String bob = sealedUser(realm, "bob", clock);
        assertThat(header(secretData(database, bob))).contains("\"enc\":\"A128GCM\"");

        addAesProvider(realm, 200, 32);
        String carol = sealedUser(realm, "carol", clock);
        assertThat(header(secretData(database, carol))).contains("\"enc\":\"A256GCM\"");
        clock.advance(Duration.ofSeconds(60));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S13")
    @DisplayName("an unreadable state row stops its user's login, and the log names the row")
    void damagedState(Realms realms, TestClock clock, Database database, KeycloakRuntime keycloak) {
        TestRealm realm = realms.guarded("sealing").create();
        String bob = sealedUser(realm, "bob", clock);
        clock.advance(Duration.ofSeconds(60));
        database.update("update totp_guard_state set state = '{\"v\":99}' where user_id = ?", bob);
        assertUnavailable(realm, "bob", phone.code(clock));
        assertThat(keycloak.log()).contains("The row of user " + bob + " in TOTP_GUARD_STATE is not readable");
        assertThat(database.text("select state from totp_guard_state where user_id = ?", bob))
                .isEqualTo("{\"v\":99}");
    }

    @Test
    @DisplayName("the rows of removed users and realms are deleted")
    void cleanUp(Realms realms, TestClock clock, Database database) {
        TestRealm realm = realms.guarded("sealing").create();
        String bob = sealedUser(realm, "bob", clock);
        String carol = sealedUser(realm, "carol", clock);
        realm.deleteUser(bob);
        assertThat(database.rows("select user_id from totp_guard_state where user_id in (?, ?)", bob, carol))
                .containsExactly(Map.of("user_id", carol));
        realm.deleteUser(carol);
        assertThat(database.rows("select user_id from totp_guard_state where user_id = ?", carol))
                .isEmpty();
    }

    @Test
    @Tag("A14")
    @DisplayName("neither log nor events contain a secret, a code or the user's input")
    void nothingInTheLog(Realms realms, TestClock clock, KeycloakRuntime keycloak) {
        TestRealm realm = realms.guarded("sealing").create();
        sealedUser(realm, "bob", clock);
        clock.advance(Duration.ofSeconds(60));
        String entered = "not a code at all 8151623";
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        login.postOtp(entered);
        String code = phone.code(clock);
        login.postOtp(code);
        String events = realm.admin().get(realm.path("/events?max=100")).toString();
        // Six digits occur by chance in any long log, so the test looks for the code as a separate word.
        for (String text : List.of(keycloak.log(), events)) {
            assertThat(text.contains(SECRET)).as("a secret").isFalse();
            assertThat(text.contains(entered)).as("what was entered").isFalse();
            assertThat(text.matches("(?s).*(?<![0-9a-f.-])" + code + "(?![0-9a-f.-]).*"))
                    .as("a code")
                    .isFalse();
        }
    }

    private void assertUnavailable(TestRealm realm, String user, String code) {
        HttpLogin login = HttpLogin.atCodePage(realm, user);
        assertThat(login.postOtp(code)).isEqualTo(Outcome.ERROR_PAGE);
        assertThat(login.status()).isEqualTo(503);
        assertThat(login.body()).contains("id=\"totp-guard-unavailable\"");
        EventRepresentation event = realm.events(EventType.LOGIN_ERROR).get(0);
        assertThat(event.getError()).startsWith("totp_guard_unavailable_");
    }

    /** A user whose device has been used once and is therefore sealed. */
    private String sealedUser(TestRealm realm, String name, TestClock clock) {
        String id = realm.addUserWithPlaintextOtp(name, "phone", SECRET);
        assertThat(HttpLogin.atCodePage(realm, name).postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        return id;
    }

    private static UserRepresentation bob(CredentialRepresentation... devices) {
        UserRepresentation bob = People.person("bob");
        bob.setCredentials(Stream.concat(Stream.of(People.password("bob")), Arrays.stream(devices))
                .toList());
        return bob;
    }

    /** Clears the caches, so that changes made directly in the database are read. */
    private static void forgetCaches(TestRealm... realms) {
        for (TestRealm realm : realms) {
            realm.admin().post(realm.path("/clear-user-cache"), Map.of());
        }
    }

    private static ComponentRepresentation aesProvider(TestRealm realm) {
        JsonNode components = realm.admin().get(realm.path("/components?type=org.keycloak.keys.KeyProvider"));
        for (JsonNode component : components) {
            if (component.path("providerId").asText().equals("aes-generated")) {
                return AdminApi.JSON.convertValue(component, ComponentRepresentation.class);
            }
        }
        throw new AssertionError("the realm has no AES key provider");
    }

    private static void addAesProvider(TestRealm realm, int priority, int bytes) {
        ComponentRepresentation provider = new ComponentRepresentation();
        provider.setName("aes of " + bytes);
        provider.setProviderId("aes-generated");
        provider.setProviderType("org.keycloak.keys.KeyProvider");
        provider.setParentId(realm.settings().getId());
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        config.putSingle("priority", String.valueOf(priority));
        config.putSingle("secretSize", String.valueOf(bytes));
        config.putSingle("enabled", "true");
        config.putSingle("active", "true");
        provider.setConfig(config);
        realm.admin().create(realm.path("/components"), provider);
    }

    private static String credentialData(
            String subType, String algorithm, int digits, int period, int counter, String encoding) {
        return "{\"subType\":\"" + subType + "\",\"digits\":" + digits + ",\"counter\":" + counter + ",\"period\":"
                + period + ",\"algorithm\":\"" + algorithm + "\""
                + (encoding == null ? "" : ",\"secretEncoding\":\"" + encoding + "\"") + "}";
    }

    private static String base32(String secret, String encoding) {
        return encoding == null ? PhoneApp.base32(secret) : secret;
    }

    private static String header(String secretData) {
        String sealed = AdminApi.parse(secretData).path("value").asText();
        return new String(Base64.getUrlDecoder().decode(sealed.split("\\.")[0]), StandardCharsets.UTF_8);
    }

    private static String secretData(Database database, String userId) {
        return database.text("select secret_data from credential where type = 'otp' and user_id = ?", userId);
    }

    private static String credentialData(Database database, String userId) {
        return database.text("select credential_data from credential where type = 'otp' and user_id = ?", userId);
    }

    private static Map<String, Object> row(Database database, String userId) {
        return database.rows(
                        "select id, user_label, priority, created_date, credential_data from credential"
                                + " where type = 'otp' and user_id = ?",
                        userId)
                .get(0);
    }
}
