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

/** Steps that tests of backup codes share: realms, pages and credentials. */
public final class BackupCodes {
    public static final String ACTION = "totp-guard-backup-codes";
    public static final String FORM = "totp-guard-backup-code-form";
    public static final String TYPE = "recovery-authn-codes";

    private static final Pattern ITEM = Pattern.compile("<li><code[^>]*>([^<]+)</code></li>");
    private static final Pattern CHOICE = Pattern.compile("authenticationExecution\"[^>]*value=\"([^\"]+)\"");

    private BackupCodes() {}

    /** Changes the flow of a guarded realm: after the password it asks for a code of the app or for a backup code. */
    public static void beside(TestRealm realm) {
        realm.registerRequiredAction(ACTION, "Create backup codes");
        Flows flows = realm.flows();
        flows.remove(flows.execution(Realms.BROWSER_FLOW, Realms.FORM).getId());
        flows.addSubFlow(Realms.FORMS, "second factor", "REQUIRED");
        // Keycloak takes a user without a device to set-up only if the execution is REQUIRED.
        flows.addSubFlow("second factor", "code", "ALTERNATIVE");
        flows.reference(flows.add("code", Realms.FORM, "REQUIRED"), "otp", 36_000);
        flows.add("second factor", FORM, "ALTERNATIVE");
    }

    /** The codes on the current page. */
    public static List<String> on(HttpLogin login) {
        List<String> codes = new ArrayList<>();
        Matcher items = ITEM.matcher(login.body());
        while (items.find()) {
            codes.add(items.group(1));
        }
        return codes;
    }

    /** Logs in with a one-time code, generates backup codes and confirms them. */
    public static List<String> make(TestRealm realm, String username, String otp) {
        return make(realm, username, otp, ACTION);
    }

    /** Does the same with this required action. */
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

    /** Logs in up to the page that asks for a backup code. */
    public static HttpLogin atForm(TestRealm realm, String username) {
        return atForm(realm, username, realm.uri());
    }

    /** Does the same at one node of a cluster. */
    public static HttpLogin atForm(TestRealm realm, String username, URI node) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm), node);
        login.postPassword(username, username);
        return login.body().contains("totp-guard-backup-code-form") ? login : toForm(login);
    }

    /** Goes to the page for backup codes from a page that offers it instead of a code. */
    public static HttpLogin toForm(HttpLogin login) {
        Matcher choice = CHOICE.matcher(login.body());
        if (!choice.find()) {
            throw new AssertionError("no link to the page for backup codes on a page of kind " + login.outcome());
        }
        login.post("authenticationExecution", Map.of("authenticationExecution", choice.group(1)));
        return login;
    }

    public static Outcome enter(HttpLogin login, String code) {
        return login.post(login.outcome() == Outcome.LOCKED_PAGE ? "retry" : "backupCode", Map.of("backupCode", code));
    }

    /** Builds the credential in the format in which Keycloak's own action stores backup codes. */
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
