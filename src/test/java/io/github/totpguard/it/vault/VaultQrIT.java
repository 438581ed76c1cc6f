package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.qrcode.decoder.Decoder;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.EventRepresentation;

/** QR codes of stored accounts over REST: the only other way than the export in which a secret leaves the vault. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("QR codes of the vault")
final class VaultQrIT {
    private static final String LOGIN_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String ACME = "otpauth://totp/Acme:a?secret=" + SECRET + "&issuer=Acme";
    private static final String HOTP = "otpauth://hotp/Bank:a?secret=" + SECRET + "&issuer=Bank&counter=7";

    /** A realm that demands a second factor and allows QR codes. */
    private static TestRealm realm;

    @BeforeAll
    static void realm(Realms realms) {
        realm = VaultApi.realm(realms.guarded("vaultqr"))
                .policy("vaultShowSecrets", true)
                // Longer than a proof is valid.
                .settings(settings -> settings.setAccessTokenLifespan(3600))
                .create();
    }

    /** A new user who has just entered a code. */
    private static VaultApi signedIn(String username, TestClock clock) {
        VaultApi.giveRole(realm, realm.addUserWithPlaintextOtp(username, "phone", LOGIN_KEY));
        HttpLogin login = HttpLogin.atCodePage(realm, username);
        assertThat(login.postOtp(PhoneApp.type(LOGIN_KEY).code(clock))).isEqualTo(Outcome.LOGGED_IN);
        return VaultApi.withToken(realm, login.login().accessToken(login.callback()));
    }

    private static HttpResponse<String> qr(VaultApi caller, String id) {
        return caller.post("accounts/" + id + "/qr", Map.of());
    }

    private static String read(HttpResponse<String> answer) {
        JsonNode rows = VaultApi.body(answer).path("rows");
        boolean[][] modules = new boolean[rows.size()][rows.size()];
        for (int y = 0; y < modules.length; y++) {
            for (int x = 0; x < modules.length; x++) {
                modules[y][x] = rows.path(y).asText().charAt(x) == '1';
            }
        }
        try {
            return new Decoder().decode(modules).getText();
        } catch (ChecksumException | FormatException e) {
            throw new AssertionError("no QR code", e);
        }
    }

    @Test
    @Tag("S22")
    @DisplayName("the owner gets a code that an app reads, after a proof not older than proofMaxAge, and each is an "
            + "event without the key")
    void owner(TestClock clock) {
        VaultApi alice = signedIn("alice", clock);
        String id = alice.add(ACME);
        String counter = alice.add(HOTP);
        assertThat(alice.code(counter)).isEqualTo(PhoneApp.type(SECRET).codeOfCounter(7));
        assertThat(alice.list("").path("showSecrets").asBoolean()).isTrue();
        realm.clearEvents();

        HttpResponse<String> answer = qr(alice, id);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(PhoneApp.scan(read(answer)).code(clock))
                .isEqualTo(PhoneApp.type(SECRET).code(clock));
        assertThat(read(answer)).contains("Acme");
        assertThat(read(qr(alice, counter))).startsWith("otpauth://hotp/").contains("counter=8");
        List<EventRepresentation> events = realm.events(EventType.CUSTOM_REQUIRED_ACTION);
        assertThat(events).hasSize(2).allSatisfy(event -> assertThat(event.getDetails())
                .containsEntry("totp_guard_vault", "qr_shown")
                .containsEntry("totp_guard_vault_owner", event.getUserId())
                .containsKeys("totp_guard_vault_account", "credential_user_label", "username"));
        assertThat(AdminApi.JSON.valueToTree(events).toString()).doesNotContain(SECRET, "otpauth");

        clock.advance(Duration.ofMinutes(6));
        assertThat(VaultApi.error(qr(alice, id)))
                .as("the proof is older than 5 minutes")
                .isEqualTo("403 second_factor_required");
        assertThat(alice.code(id)).hasSize(6);
        assertThat(realm.events(EventType.CUSTOM_REQUIRED_ACTION_ERROR))
                .extracting(EventRepresentation::getError)
                .containsExactly("totp_guard_vault_second_factor_required");
    }

    @Test
    @Tag("S33")
    @DisplayName("a recipient of the codes gets no QR code, and another user's account answers like a missing one")
    void others(TestClock clock) {
        VaultApi bob = signedIn("bob", clock);
        VaultApi carol = signedIn("carol", clock);
        String shared = bob.add(ACME);
        String own = bob.add(HOTP);
        bob.post("accounts/" + shared + "/shares", Map.of("username", "carol"));

        assertThat(carol.code(shared)).hasSize(6);
        assertThat(VaultApi.error(qr(carol, shared))).isEqualTo("403 forbidden");
        assertThat(qr(carol, own).body())
                .isEqualTo(
                        qr(carol, "totp-00000000-0000-4000-8000-000000000000").body());
        assertThat(VaultApi.error(qr(carol, own))).isEqualTo("404 not_found");
        assertThat(VaultApi.error(qr(carol, "nonsense"))).isEqualTo("404 not_found");
        assertThat(VaultApi.error(qr(VaultApi.withoutToken(realm), own))).isEqualTo("401 unauthorized");

        assertThat(bob.post("accounts/" + own + "/transfer", Map.of("username", "carol"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(VaultApi.error(qr(bob, own))).as("given away").isEqualTo("404 not_found");
    }

    @Test
    @DisplayName("where the policy does not allow it there is no QR code, and a password alone is no proof")
    void setting(Realms realms) {
        TestRealm off = VaultApi.withoutSecondFactor(realms).create();
        VaultApi.addUser(off, "dave");
        VaultApi dave = VaultApi.withPassword(off, "dave");
        String id = dave.add(ACME);
        assertThat(dave.list("").path("showSecrets").asBoolean(true)).isFalse();
        assertThat(VaultApi.error(qr(dave, id))).isEqualTo("403 qr_disabled");

        TestRealm on = VaultApi.withoutSecondFactor(realms)
                .policy("vaultShowSecrets", true)
                .create();
        VaultApi.addUser(on, "erin");
        VaultApi erin = VaultApi.withPassword(on, "erin");
        assertThat(VaultApi.error(qr(erin, erin.add(ACME)))).isEqualTo("403 second_factor_required");
    }

    @Test
    @Tag("S46")
    @DisplayName("names that do not fit into a QR code and too many requests get a typed answer")
    void bounds(TestClock clock) {
        VaultApi frank = signedIn("frank", clock);
        String id = frank.add(ACME);
        assertThat(frank.patch(
                                "accounts/" + id,
                                Map.of("issuer", "\u4f60".repeat(150), "account", "\u597d".repeat(120)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(VaultApi.error(qr(frank, id))).isEqualTo("409 qr_too_long");
        // The budget of a minute, of which one is spent. It refills while the requests run.
        assertThat(IntStream.range(0, 60).mapToObj(i -> qr(frank, id)).anyMatch(answer -> answer.statusCode() == 429))
                .isTrue();
    }
}
