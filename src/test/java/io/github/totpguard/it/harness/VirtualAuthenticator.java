package io.github.totpguard.it.harness;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import io.github.totpguard.harness.BrowserWindow;

/**
 * Chromium's virtual security key, which acts as if its user touched it immediately. Chromium allows WebAuthn only for
 * a domain name: send the window to {@link OidcLogin#atLocalhost}.
 */
final class VirtualAuthenticator {

    private final CDPSession devTools;
    private final String id;

    private VirtualAuthenticator(CDPSession devTools, String id) {
        this.devTools = devTools;
        this.id = id;
    }

    /** A key on USB. */
    static VirtualAuthenticator plugInto(BrowserWindow window) {
        return add(window, "usb");
    }

    /** A key that is part of the machine, such as a laptop with a fingerprint reader. */
    static VirtualAuthenticator builtInto(BrowserWindow window) {
        return add(window, "internal");
    }

    /** The number of credentials that it holds. */
    int credentials() {
        return devTools.send("WebAuthn.getCredentials", named())
                .getAsJsonArray("credentials")
                .size();
    }

    /** Removes the registered credentials; the key stays connected. */
    void removeCredentials() {
        devTools.send("WebAuthn.clearCredentials", named());
    }

    private static VirtualAuthenticator add(BrowserWindow window, String transport) {
        CDPSession devTools = window.context().newCDPSession(window.page());
        devTools.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", transport);
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        JsonObject added = devTools.send("WebAuthn.addVirtualAuthenticator", parameters);
        return new VirtualAuthenticator(devTools, added.get("authenticatorId").getAsString());
    }

    private JsonObject named() {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("authenticatorId", id);
        return parameters;
    }
}
