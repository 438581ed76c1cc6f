package io.github.totpguard.harness;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentExportRepresentation;

/**
 * The keys that Keycloak gives a new realm, except that all realms of a run share one RSA key: finding the primes of
 * two takes longer than all other work of creating a realm.
 */
final class RealmKeys {
    private static final String PROVIDERS = "org.keycloak.keys.KeyProvider";
    private static final String RSA = pem(rsa());

    private RealmKeys() {}

    static MultivaluedHashMap<String, ComponentExportRepresentation> components() {
        MultivaluedHashMap<String, ComponentExportRepresentation> components = new MultivaluedHashMap<>();
        components.put(
                PROVIDERS,
                List.of(
                        component("rsa", "privateKey", RSA),
                        component("hmac-generated", "algorithm", "HS512"),
                        component("aes-generated", "secretSize", "32")));
        return components;
    }

    private static ComponentExportRepresentation component(String provider, String key, String value) {
        ComponentExportRepresentation component = new ComponentExportRepresentation();
        component.setName(provider);
        component.setProviderId(provider);
        component.setConfig(new MultivaluedHashMap<>());
        component.getConfig().putSingle("priority", "100");
        component.getConfig().putSingle(key, value);
        return component;
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    }
}
