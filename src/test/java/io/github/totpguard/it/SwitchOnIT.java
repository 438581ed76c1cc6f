package io.github.totpguard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.it.HttpLogin.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.representations.idm.RealmRepresentation;

/** docs/switch-on.sh as an administrator runs it, with the kcadm.sh of the distribution. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("docs/switch-on.sh")
@EnabledOnOs({OS.LINUX, OS.MAC})
final class SwitchOnIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    @TempDir
    private Path home;

    @Test
    @DisplayName("switches a fresh realm on, in the browser, the direct grant and the reset flow; twice does no harm")
    void twice(Realms realms, TestClock clock, AdminApi admin) throws Exception {
        TestRealm realm = realms.plain("script").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        realm.addUser("alice");
        run(
                rememberingClasses(),
                kcadm(),
                "config",
                "credentials",
                "--server",
                admin.baseUrl().toString(),
                "--realm",
                "master",
                "--user",
                KeycloakRuntime.ADMIN,
                "--password",
                KeycloakRuntime.ADMIN);
        for (String vault : List.of("", "true")) {
            assertThat(run(withRememberedClasses(), "env", "VAULT=" + vault, "bash", script(), realm.name()))
                    .contains("TOTP Guard is on in realm " + realm.name());
        }
        assertThat(realm.admin()
                        .get(realm.path("/roles/totp-vault"))
                        .path("name")
                        .asText())
                .isEqualTo("totp-vault");
        assertThat(realm.admin()
                        .get(realm.path("/authentication/required-actions/totp-guard-setup/config"))
                        .path("config")
                        .path("vaultEnabled")
                        .asText())
                .isEqualTo("true");
        RealmRepresentation settings = realm.settings();
        assertThat(settings.getBrowserFlow()).isEqualTo("totp-guard browser");
        assertThat(executions(realm, settings.getBrowserFlow()))
                .containsSubsequence(
                        "auth-username-password-form REQUIRED",
                        "totp-guard browser second factor REQUIRED",
                        "totp-guard-trusted-browser ALTERNATIVE",
                        "totp-guard browser code ALTERNATIVE",
                        "totp-guard-form REQUIRED",
                        "totp-guard-backup-code-form ALTERNATIVE");
        assertThat(last(realm, settings.getDirectGrantFlow())).isEqualTo("totp-guard-direct-grant REQUIRED");
        assertThat(last(realm, settings.getResetCredentialsFlow())).isEqualTo("totp-guard-reset REQUIRED");
        assertThat(HttpLogin.atCodePage(realm, "bob")
                        .postOtp(PhoneApp.type(SECRET).code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        HttpLogin alice = HttpLogin.open(OidcLogin.to(realm));
        assertThat(alice.postPassword("alice", "alice")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(alice.body()).contains("totp-guard-qr");
    }

    private static String last(TestRealm realm, String flow) {
        List<String> executions = executions(realm, flow);
        return executions.get(executions.size() - 1);
    }

    private static List<String> executions(TestRealm realm, String flow) {
        return realm.flows().executions(flow).stream()
                .map(execution -> Optional.ofNullable(execution.getProviderId()).orElse(execution.getDisplayName())
                        + " " + execution.getRequirement())
                .toList();
    }

    /** The script starts the tool some eighty times: with the classes of the first start, each takes half as long. */
    private String rememberingClasses() {
        return "-XX:ArchiveClassesAtExit=" + home.resolve("classes.jsa");
    }

    private String withRememberedClasses() {
        return "-XX:SharedArchiveFile=" + home.resolve("classes.jsa");
    }

    private String run(String jvmOption, String... command) throws IOException, InterruptedException {
        File output = home.resolve("output").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().put("KCADM", kcadm());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // kcadm keeps its session in the user's home.
        builder.environment()
                .put(
                        "KC_OPTS",
                        "-Duser.home=" + home + " -XX:+UseSerialGC " + ServerProcess.SHORT_LIVED + " " + jvmOption);
        int exit = builder.start().waitFor();
        String text = Files.readString(output.toPath());
        assertThat(exit).as(text).isZero();
        return text;
    }

    private static String kcadm() {
        return Workspace.distribution().resolve("bin").resolve("kcadm.sh").toString();
    }

    private static String script() {
        return Path.of(System.getProperty("project.directory"), "docs", "switch-on.sh")
                .toString();
    }
}
