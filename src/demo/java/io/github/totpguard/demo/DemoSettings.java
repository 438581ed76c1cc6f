package io.github.totpguard.demo;

import java.net.URI;
import java.nio.file.Path;

/**
 * What the demo runs with.
 *
 * @param distribution the unpacked Keycloak distribution
 * @param jar the provider jar
 * @param realm the file of the realm
 * @param home the directory in which Keycloak runs
 * @param keycloakPort the port of Keycloak on this machine
 * @param sitePort the port of the site beside it
 */
record DemoSettings(Path distribution, Path jar, Path realm, Path home, int keycloakPort, int sitePort) {

    /** The name of the realm in the file. */
    static final String REALM = "demo";

    /** The administrator's name and password. Both are public, so the demo listens on this machine only. */
    static final String ADMINISTRATOR = "admin";

    /** The only address that the demo listens on. */
    static final String ADDRESS = "127.0.0.1";

    private static final int ARGUMENTS = 6;

    DemoSettings {
        if (keycloakPort == sitePort) {
            throw new IllegalArgumentException(
                    "Keycloak and the site need different ports: set keycloak.http.port or demo.site.port");
        }
    }

    /** @throws IllegalArgumentException if these are not the arguments of the demo */
    static DemoSettings of(String... arguments) {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException(
                    "usage: Demo DISTRIBUTION PROVIDER_JAR REALM_JSON DIRECTORY KEYCLOAK_PORT SITE_PORT");
        }
        return new DemoSettings(
                Path.of(arguments[0]).toAbsolutePath(),
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Path.of(arguments[3]).toAbsolutePath(),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
    }

    /** Keycloak's address, as the browser and the application use it. */
    URI keycloak() {
        return URI.create("http://localhost:" + keycloakPort);
    }

    /** The address of the realm, which is also the issuer of its tokens. */
    URI realmUri() {
        return URI.create(keycloak() + "/realms/" + REALM);
    }

    /** The address of the site. */
    URI site() {
        return URI.create("http://localhost:" + sitePort);
    }

    /** Keycloak's output. */
    Path log() {
        return home.resolve("keycloak.log");
    }
}
