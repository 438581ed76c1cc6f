package io.github.totpguard.harness;

import io.github.totpguard.harness.HttpLogin.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.representations.idm.CredentialRepresentation;

/** What tests of backup codes do with realms, pages and credentials. */
public final class BackupCodes {
    public static final String ACTION = "totp-guard-backup-codes";
    public static final String FORM = "totp-guard-backup-code-form";
    public static final String TYPE = "recovery-authn-codes";

    private static final Pattern ITEM = Pattern.compile("<li><code[^>]*>([^<]+)</code></li>");
    private static final Pattern CHOICE = Pattern.compile("authenticationExecution\"[^>]*value=\"([^\"]+)\"");

    private BackupCodes() {}

    /** In a guarded realm: after the password a code of the app or a backup code. */
    public static void beside(TestRealm realm) {
        realm.registerRequiredAction(ACTION, "Make backup codes");
        Flows flows = realm.flows();
        flows.remove(flows.execution(Realms.BROWSER_FLOW, Realms.FORM).getId());
        flows.addSubFlow(Realms.FORMS, "second factor", "REQUIRED");
        // Keycloak takes users without a device to set-up only from a REQUIRED execution.
        flows.addSubFlow("second factor", "code", "ALTERNATIVE");
        flows.reference(flows.add("code", Realms.FORM, "REQUIRED"), "otp", 36_000);
        flows.add("second factor", FORM, "ALTERNATIVE");
    }

    /** The codes on the present page. */
    public static List<String> on(HttpLogin login) {
        List<String> codes = new ArrayList<>();
        Matcher items = ITEM.matcher(login.body());
        while (items.find()) {
            codes.add(items.group(1));
        }
        return codes;
    }

    /** Logs in with a one-time code, makes codes, confirms. */
    public static List<String> make(TestRealm realm, String username, String otp) {
        return make(realm, username, otp, ACTION);
    }

    /** The same by this required action. */
    public static List<String> make(TestRealm realm, String username, String otp, String action) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", action));
        login.postPassword(username, username);
        login.postOtp(otp);
        List<String> codes = on(login);
        confirm(login);
        return codes;
    }

    public static Outcome confirm(HttpLogin login) {
        Outcome outcome = login.post("confirm", Map.of("confirm", "true", "saved", "true"));
        if (outcome != Outcome.LOGGED_IN) {
            throw new AssertionError("after the backup codes: " + outcome);
        }
        return outcome;
    }

    /** Past the password and at the page that asks for a backup code. */
    public static HttpLogin atForm(TestRealm realm, String username) {
        return atForm(realm, username, realm.uri());
    }

    /** The same at a certain node of a cluster. */
    public static HttpLogin atForm(TestRealm realm, String username, URI node) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm), node);
        login.postPassword(username, username);
        return login.body().contains("totp-guard-backup-code-form") ? login : toForm(login);
    }

    /** From a page that offers it in place of a code. */
    public static HttpLogin toForm(HttpLogin login) {
        Matcher choice = CHOICE.matcher(login.body());
        if (!choice.find()) {
            throw new AssertionError("no way to the page for backup codes from a page of kind " + login.outcome());
        }
        login.post("authenticationExecution", Map.of("authenticationExecution", choice.group(1)));
        return login;
    }

    public static Outcome enter(HttpLogin login, String code) {
        return login.post(login.outcome() == Outcome.LOCKED_PAGE ? "retry" : "backupCode", Map.of("backupCode", code));
    }

    /** As Keycloak's own action stores them. */
    public static CredentialRepresentation ofKeycloak(List<String> codes) {
        StringBuilder hashes = new StringBuilder();
        for (int i = 0; i < codes.size(); i++) {
            hashes.append(i == 0 ? "" : ",")
                    .append("{\"number\":")
                    .append(i + 1)
                    .append(",\"encodedHashedValue\":\"")
                    .append(sha512(codes.get(i)))
                    .append("\"}");
        }
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(TYPE);
        credential.setSecretData("{\"codes\":[" + hashes + "]}");
        credential.setCredentialData("{\"hashIterations\":null,\"algorithm\":\"SHA-512\",\"remainingCodes\":"
                + codes.size() + ",\"totalCodes\":" + codes.size() + "}");
        return credential;
    }

    private static String sha512(String code) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-512").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
