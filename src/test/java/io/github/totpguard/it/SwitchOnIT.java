package io.github.totpguard.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.it.HttpLogin.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        run(
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
        for (int i = 0; i < 2; i++) {
            assertThat(run("bash", script(), realm.name())).contains("TOTP Guard is on in realm " + realm.name());
        }
        RealmRepresentation settings = realm.settings();
        assertThat(settings.getBrowserFlow()).isEqualTo("totp-guard browser");
        assertThat(last(realm, settings.getDirectGrantFlow())).isEqualTo("totp-guard-direct-grant REQUIRED");
        assertThat(last(realm, settings.getResetCredentialsFlow())).isEqualTo("totp-guard-reset REQUIRED");
        assertThat(HttpLogin.atCodePage(realm, "bob")
                        .postOtp(PhoneApp.type(SECRET).code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    private static String last(TestRealm realm, String flow) {
        List<String> executions = realm.flows().executions(flow).stream()
                .map(execution -> execution.getProviderId() + " " + execution.getRequirement())
                .toList();
        return executions.get(executions.size() - 1);
    }

    private String run(String... command) throws IOException, InterruptedException {
        File output = home.resolve("output").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().put("KCADM", kcadm());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // kcadm keeps its session in the user's home.
        builder.environment().put("KC_OPTS", "-Duser.home=" + home + " -XX:TieredStopAtLevel=1");
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
