package io.github.totpguard.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The version that the admin console shows under Server info, Providers. */
public final class GuardVersion {
    private static final String RESOURCE = "/META-INF/totp-guard.properties";

    private GuardVersion() {}

    /** For {@link org.keycloak.provider.ServerInfoAwareProviderFactory}. */
    public static Map<String, String> operationalInfo() {
        Properties properties = new Properties();
        // The manifest cannot be used: Keycloak's class loader does not provide it for packages of provider jars.
        try (InputStream in = GuardVersion.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("TOTP Guard", properties.getProperty("version"));
    }
}
