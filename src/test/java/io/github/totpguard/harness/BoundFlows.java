package io.github.totpguard.harness;

import java.util.Map;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;

/**
 * Creates and binds flows that several tests need, in a guarded realm. The methods are steps of
 * {@link Realms.Builder#then}.
 */
public final class BoundFlows {
    public static final String RESET = "totp-guard reset";

    private static final String PASSWORD_ONLY = "password only";
    private static final String STEP_UP = "step-up";

    private BoundFlows() {}

    /** Binds a login that asks only for the password; the guarded flow remains in the realm. */
    public static void passwordOnly(TestRealm realm) {
        Flows flows = realm.flows();
        flows.copy(Realms.BROWSER_FLOW, PASSWORD_ONLY);
        flows.remove(flows.execution(PASSWORD_ONLY, Realms.FORM).getId());
        flows.bindBrowser(PASSWORD_ONLY);
    }

    /**
     * Password, then trusted browser or code. The code is in a sub-flow of its own so that Keycloak can demand set-up.
     */
    public static void trustedBrowser(TestRealm realm) {
        Flows flows = realm.flows();
        flows.remove(flows.execution(Realms.BROWSER_FLOW, Realms.FORM).getId());
        flows.addSubFlow(Realms.FORMS, "second factor", "REQUIRED");
        addTrustOrCode(flows, "second factor");
    }

    /** Adds the steps for trusted browser or code to a sub-flow. */
    public static void addTrustOrCode(Flows flows, String flow) {
        flows.add(flow, "totp-guard-trusted-browser", "ALTERNATIVE");
        flows.addSubFlow(flow, flow + " code", "ALTERNATIVE");
        flows.reference(flows.add(flow + " code", Realms.FORM, "REQUIRED"), "otp", 36_000);
    }

    /** Password at level 1, a code at level 2. */
    public static void levels(TestRealm realm) {
        levels(realm, Realms.FORM);
        Flows flows = realm.flows();
        flows.reference(flows.execution(STEP_UP, Realms.FORM).getId(), "otp", 36_000);
    }

    /** Password at level 1, the given form at level 2. */
    public static void levels(TestRealm realm, String form) {
        Flows flows = realm.flows();
        realm.admin()
                .create(
                        realm.path("/authentication/flows"),
                        Map.of("alias", STEP_UP, "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        flows.add(STEP_UP, "auth-cookie", "ALTERNATIVE");
        flows.addSubFlow(STEP_UP, "levels", "ALTERNATIVE");
        addLevel(flows, "silver", 1);
        flows.add("silver", "auth-username-password-form", "REQUIRED");
        addLevel(flows, "gold", 2);
        flows.add("gold", form, "REQUIRED");
        flows.bindBrowser(STEP_UP);
    }

    private static void addLevel(Flows flows, String name, int level) {
        flows.addSubFlow("levels", name, "CONDITIONAL");
        String condition = flows.add(name, "conditional-level-of-authentication", "REQUIRED");
        flows.configure(condition, Map.of("loa-condition-level", String.valueOf(level), "loa-max-age", "36000"));
    }

    /** A reset flow for a forgotten password that asks for the second factor and sends no mail. */
    public static void resetWithoutMail(TestRealm realm) {
        resetAfterMail(realm);
        Flows flows = realm.flows();
        flows.remove(flows.execution(RESET, "reset-credential-email").getId());
    }

    /**
     * A reset flow for a forgotten password that asks for the second factor after the mail. The mail's link may replace
     * a lost device.
     */
    public static void resetAfterMail(TestRealm realm) {
        Flows flows = realm.flows();
        flows.copy("reset credentials", RESET);
        for (AuthenticationExecutionInfoRepresentation execution : flows.executions(RESET)) {
            if (execution.getDisplayName().endsWith("Conditional OTP")) {
                flows.remove(execution.getId());
            }
        }
        String reset = flows.add(RESET, "totp-guard-reset", "REQUIRED");
        flows.configure(reset, Map.of("mailLinkReplacesDevices", "true"));
        flows.bindReset(RESET);
    }
}
