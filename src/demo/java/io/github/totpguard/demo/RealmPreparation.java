package io.github.totpguard.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Does what a realm file cannot: the mail server of this run, flows, a lock that has begun, accounts in a vault. Mail
 * server and lock are prepared at every start, the rest once; the data of the demo keeps it.
 */
final class RealmPreparation {

    /** The application whose login asks for the password first, and for a code at the second level. */
    static final String STEP_UP_CLIENT = "demo-step-up";

    private static final String PROGRAM_CLIENT = "demo-program";
    private static final String BROWSER = "demo browser";
    private static final String SECOND_FACTOR = BROWSER + " Browser - Conditional 2FA";
    private static final String OTP_FORM = "auth-otp-form";
    private static final String FLOW = "demo step-up";
    private static final String LEVELS = FLOW + " levels";
    private static final String DONE = "prepared.txt";
    private static final String REMEMBERED_SECONDS = "36000";
    private static final int FAILURES_UNTIL_LOCK = 5;

    /** Accounts of services that do not exist: group, and URI. */
    private static final List<Map<String, Object>> ACCOUNTS = List.of(
            account(
                    "Work",
                    true,
                    "otpauth://totp/Example%20Cloud:grace?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                            + "&issuer=Example%20Cloud"),
            account(
                    "Work",
                    false,
                    "otpauth://totp/Example%20Code:grace@example.org?secret="
                            + "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U&issuer=Example%20Code&algorithm=SHA256"),
            account(
                    "Work",
                    false,
                    "otpauth://totp/Example%20VPN:grace?secret=ONSWG4TFOQQGM33SEB2GQZJAKZIE4IDP"
                            + "&issuer=Example%20VPN&digits=8&period=60"),
            account(
                    "Home",
                    false,
                    "otpauth://totp/Example%20Mail:grace@example.com?secret="
                            + "NBSWY3DPEB3W64TMMQQGC3TEEBWW64TF&issuer=Example%20Mail"),
            account(
                    "Home",
                    false,
                    "otpauth://hotp/Example%20Bank:12345678?secret=OR2XE3TBMFZHI2LTEBQW4IDFPBQW24DM"
                            + "&issuer=Example%20Bank&counter=7"));

    private final DemoSettings settings;
    private final People people;
    private final KeycloakClient keycloak;

    RealmPreparation(DemoSettings settings, People people) {
        this.settings = settings;
        this.people = people;
        this.keycloak = new KeycloakClient(settings);
    }

    void prepare(Map<String, String> smtpSettings) throws IOException {
        ObjectNode realm = (ObjectNode) keycloak.admin("GET", "", null);
        realm.putPOJO("smtpServer", smtpSettings);
        keycloak.admin("PUT", "", realm);
        Path done = settings.home().resolve("data").resolve(DONE);
        if (Files.exists(done)) {
            lockAgain();
            return;
        }
        try {
            prepareOnce();
        } catch (DemoFailure e) {
            // What has been done of it would be in the way at the next start.
            throw new DemoFailure(e.getMessage() + ". Delete " + done.getParent() + ", then start the demo again.", e);
        }
        Files.writeString(done, Instant.now().toString());
    }

    private void prepareOnce() {
        bindBrowserFlow();
        addStepUp();
        fillVault();
        lock(people.named(People.LOCKED));
    }

    /** The lock of an earlier run may be over by now, and its mail is gone. */
    private void lockAgain() {
        try {
            Person person = people.named(People.LOCKED);
            unlock(person);
            lock(person);
        } catch (DemoFailure e) {
            // A visitor may have switched TOTP Guard off, or removed the user or the device.
            System.out.println("The lock cannot be shown: " + e.getMessage());
        }
    }

    /** Sends wrong codes after the right password, until the user's second factor is locked. */
    void lock(Person person) {
        OtpSecret secret = person.key().orElseThrow();
        for (String code : wrongCodes(secret, Instant.now(), FAILURES_UNTIL_LOCK)) {
            if (keycloak.grant(DemoSettings.REALM, PROGRAM_CLIENT, person.name(), Optional.of(code))
                    .isPresent()) {
                throw new DemoFailure("A wrong code of " + person.name() + " was accepted");
            }
        }
        if (!isLocked(person)) {
            throw new DemoFailure("Five wrong codes have not locked " + person.name());
        }
    }

    /** Opens every lock of a user's second factor, as an administrator does. */
    void unlock(Person person) {
        keycloak.admin("POST", "/totp-guard/users/" + id(person) + "/unlock", Map.of());
    }

    /** Whether a lock holds now. */
    boolean isLocked(Person person) {
        JsonNode status = keycloak.admin("GET", "/totp-guard/users/" + id(person), null);
        return status.path("hardLocked").asBoolean()
                || status.path("lockedUntil").asLong() > Instant.now().getEpochSecond();
    }

    /** Different codes that are wrong now and for long before and after, also for a clock that is far off. */
    static List<String> wrongCodes(OtpSecret secret, Instant time, int count) {
        long now = Person.PARAMETERS.stepAt(time.getEpochSecond());
        Set<String> right = LongStream.rangeClosed(now - 200, now + 200)
                .mapToObj(step -> CodeGenerator.code(secret, Person.PARAMETERS, step))
                .collect(Collectors.toSet());
        return IntStream.range(100_000, 1_000_000)
                .mapToObj(Integer::toString)
                .filter(code -> !right.contains(code))
                .limit(count)
                .toList();
    }

    private String id(Person person) {
        return keycloak.admin("GET", "/users?exact=true&username=" + person.name(), null)
                .path(0)
                .path("id")
                .asText();
    }

    /**
     * A copy of the realm's flow, because Keycloak allows no new steps in its own. Its steps claim references in
     * {@code amr}, so trusted browsers need a step of their own.
     */
    private void bindBrowserFlow() {
        keycloak.admin("POST", "/authentication/flows/browser/copy", Map.of("newName", BROWSER));
        reference(BROWSER, "auth-username-password-form", "pwd");
        reference(BROWSER, OTP_FORM, "otp");
        keycloak.admin(
                "POST",
                flow(SECOND_FACTOR) + "/executions/execution",
                Map.of("provider", "totp-guard-trusted-browser"));
        ObjectNode trustedBrowser = execution(BROWSER, "totp-guard-trusted-browser");
        trustedBrowser.put(
                "priority", execution(BROWSER, OTP_FORM).path("priority").asInt() - 1);
        require(BROWSER, trustedBrowser, "ALTERNATIVE");
        ObjectNode realm = (ObjectNode) keycloak.admin("GET", "", null);
        keycloak.admin("PUT", "", realm.put("browserFlow", BROWSER));
    }

    /** A flow for one application: the password at level 1, a code at level 2. */
    private void addStepUp() {
        keycloak.admin(
                "POST",
                "/authentication/flows",
                Map.of("alias", FLOW, "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        addStep(FLOW, "auth-cookie", "ALTERNATIVE");
        addSubFlow(FLOW, LEVELS, "ALTERNATIVE");
        addLevel(FLOW + " password", 1, "auth-username-password-form", "pwd");
        addLevel(FLOW + " code", 2, "totp-guard-form", "otp");
        String flow = "";
        for (JsonNode candidate : keycloak.admin("GET", "/authentication/flows", null)) {
            if (FLOW.equals(candidate.path("alias").asText())) {
                flow = candidate.path("id").asText();
            }
        }
        ObjectNode client = (ObjectNode) keycloak.admin("GET", "/clients?clientId=" + STEP_UP_CLIENT, null)
                .path(0);
        client.putPOJO("authenticationFlowBindingOverrides", Map.of("browser", flow));
        keycloak.admin("PUT", "/clients/" + client.path("id").asText(), client);
    }

    private void addLevel(String name, int level, String authenticator, String reference) {
        addSubFlow(LEVELS, name, "CONDITIONAL");
        addStep(name, "conditional-level-of-authentication", "REQUIRED");
        configure(
                execution(name, "conditional-level-of-authentication"),
                Map.of("loa-condition-level", String.valueOf(level), "loa-max-age", REMEMBERED_SECONDS));
        addStep(name, authenticator, "REQUIRED");
        reference(name, authenticator, reference);
    }

    private void addStep(String flow, String authenticator, String requirement) {
        keycloak.admin("POST", flow(flow) + "/executions/execution", Map.of("provider", authenticator));
        require(flow, execution(flow, authenticator), requirement);
    }

    private void addSubFlow(String flow, String alias, String requirement) {
        keycloak.admin(
                "POST",
                flow(flow) + "/executions/flow",
                Map.of("alias", alias, "type", "basic-flow", "provider", "registration-page-form"));
        require(flow, execution(flow, alias), requirement);
    }

    private void require(String flow, ObjectNode execution, String requirement) {
        keycloak.admin("PUT", flow(flow) + "/executions", execution.put("requirement", requirement));
    }

    /** Sets the value that {@code amr} gets when this step succeeds. */
    private void reference(String flow, String authenticator, String value) {
        configure(
                execution(flow, authenticator),
                Map.of("default.reference.value", value, "default.reference.maxAge", REMEMBERED_SECONDS));
    }

    private void configure(ObjectNode execution, Map<String, String> config) {
        String id = execution.path("id").asText();
        keycloak.admin(
                "POST",
                "/authentication/executions/" + id + "/config",
                Map.of("alias", "demo " + id, "config", config));
    }

    /** The step with this authenticator, or the sub-flow with this name. */
    private ObjectNode execution(String flow, String name) {
        for (JsonNode execution : keycloak.admin("GET", flow(flow) + "/executions", null)) {
            if (name.equals(execution.path("providerId").asText())
                    || name.equals(execution.path("displayName").asText())) {
                return (ObjectNode) execution;
            }
        }
        throw new DemoFailure("The flow " + flow + " has no step " + name);
    }

    private static String flow(String alias) {
        return "/authentication/flows/" + KeycloakClient.encode(alias);
    }

    /** The code of the step before is used, so that the user's next login can use the present one. */
    private void fillVault() {
        Person owner = people.named(People.VAULT_OWNER);
        Instant before = Instant.now().minusSeconds(Person.PARAMETERS.periodSeconds());
        String token = keycloak.grant(DemoSettings.REALM, PROGRAM_CLIENT, owner.name(), owner.code(before))
                .orElseThrow(() -> new DemoFailure("The code of " + owner.name() + " was not accepted"));
        ACCOUNTS.forEach(account -> keycloak.realm("POST", "/totp-guard/accounts", token, account));
    }

    private static Map<String, Object> account(String group, boolean pinned, String uri) {
        return Map.of("uri", uri, "group", group, "pinned", pinned);
    }
}
