package io.github.totpguard.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.ServerProcess;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's instructions for switching on a realm. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Switching on")
@EnabledOnOs({OS.LINUX, OS.MAC})
final class SwitchOnIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    @TempDir
    private Path home;

    @Test
    @Tag("D4")
    @DisplayName("the one kcadm.sh line of the README switches on a fresh realm, and can be run again without harm")
    void oneLine(Realms realms, TestClock clock, AdminApi admin) throws Exception {
        TestRealm realm = realms.plain("one-line").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        run("config credentials --server " + admin.baseUrl() + " --realm master --user " + KeycloakRuntime.ADMIN
                + " --password " + KeycloakRuntime.ADMIN);
        String line = lineOfReadme().replace("-r acme", "-r " + realm.name());
        assertThat(run(line)).as(line).isZero();
        assertThat(HttpLogin.atCodePage(realm, "bob").body()).contains("totp-guard-code-form");
        run(line);
        HttpLogin again = HttpLogin.atCodePage(realm, "bob");
        assertThat(again.postOtp(PhoneApp.type(SECRET).code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    private static String lineOfReadme() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("project.directory"), "README.md"));
        Matcher line = Pattern.compile(
                        "kcadm\\.sh (create authentication/register-required-action .*?)\n\n", Pattern.DOTALL)
                .matcher(readme);
        assertThat(line.find()).as("the line in the README").isTrue();
        return line.group(1).replace("\\\n", " ");
    }

    /** Runs the line as a shell parses it. */
    private int run(String line) throws IOException, InterruptedException {
        String kcadm =
                Workspace.distribution().resolve("bin").resolve("kcadm.sh").toString();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "'" + kcadm + "' " + line)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // kcadm stores its session in the user's home.
        builder.environment().put("KC_OPTS", "-Duser.home=" + home + " " + ServerProcess.SHORT_LIVED);
        return builder.start().waitFor();
    }
}
