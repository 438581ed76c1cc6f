package io.github.totpguard.it.entrances;

import static io.github.totpguard.it.entrances.UnguardedRealm.CHOICE_FLOW;
import static io.github.totpguard.it.entrances.UnguardedRealm.CONDITIONAL_FLOW;
import static io.github.totpguard.it.entrances.UnguardedRealm.CONDITIONAL_FORM;
import static io.github.totpguard.it.entrances.UnguardedRealm.DIRECT_FLOW;
import static io.github.totpguard.it.entrances.UnguardedRealm.DIRECT_STEP;
import static io.github.totpguard.it.entrances.UnguardedRealm.FORM_FLOW;
import static io.github.totpguard.it.entrances.UnguardedRealm.RECOVERY_FLOW;
import static io.github.totpguard.it.entrances.UnguardedRealm.RESET_FLOW;
import static io.github.totpguard.it.entrances.UnguardedRealm.RESET_STEP;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.representations.idm.CredentialRepresentation;

/**
 * If TOTP Guard is off in a realm, users, applications and administrators see exactly what a Keycloak without our jar
 * shows. The same conversations are run with both servers and compared answer by answer.
 */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Comparison with a stock Keycloak")
final class StockComparisonIT {

    private static final String SECOND_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";
    private static final String TOTP_SECRET = "name=\"totpSecret\" value=\"([^\"]+)\"";
    private static final String RECOVERY_CODES = "name=\"generatedRecoveryAuthnCodes\" value=\"([^\"]+)\"";
    private static final String RECOVERY_TIME = "name=\"generatedAt\" value=\"([^\"]+)\"";

    /** Keycloak accepts none of them as a code, at any time. */
    private static final List<String> MALFORMED = List.of("", " ", "abc", "12345", "1234567", "-12345", "１２３４５６");

    private static BothKeycloaks both;

    @BeforeAll
    static void start(AdminApi ours) {
        both = BothKeycloaks.start(ours);
    }

    @AfterAll
    static void stop() {
        if (both != null) {
            both.close();
        }
    }

    // ---- Keycloak's one-time code form ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("codeForms")
    @Tag("D1")
    @DisplayName("where TOTP Guard is off, Keycloak's code forms answer exactly as in a stock Keycloak")
    void codeForms(Conversation conversation) {
        both.compare(conversation);
    }

    static Stream<Conversation> codeForms() {
        return Stream.of(
                named("built-in flow, one device", v -> {
                    browser(v, "browser").person(phone()).open().password();
                    v.otp("wrong code", v.wrong());
                    MALFORMED.forEach(input -> v.otp("malformed code '" + input + "'", input));
                    v.post("no code", "otp");
                    String code = v.right();
                    v.otp("right code with a space", code.substring(0, 3) + " " + code.substring(3));
                    v.otp("right code", code).open().password();
                    v.otp("the same code again", code).otp("the next code", v.next());
                }),
                named("built-in flow, two devices", v -> {
                    browser(v, "browser").person(phone(), tablet()).open().password();
                    String tablet =
                            v.realm().credentials(v.userId(), "otp").get(1).getId();
                    v.post("code of another device", "otp", "otp", v.right(), "selectedCredentialId", tablet);
                    v.post("wrong code, device named", "otp", "otp", v.wrong(), "selectedCredentialId", tablet);
                    v.post("blank device", "otp", "otp", v.right(), "selectedCredentialId", "");
                    v.open().password();
                    v.post("right device", "otp", "otp", v.next(), "selectedCredentialId", v.credential("otp"));
                }),
                named("built-in flow, a device that does not exist", v -> {
                    browser(v, "browser").person(phone()).open().password();
                    v.post("unknown device", "otp", "otp", v.right(), "selectedCredentialId", UNKNOWN_ID);
                }),
                named("built-in flow, the password named as the device", v -> {
                    browser(v, "browser").person(phone()).open().password();
                    v.post("password", "otp", "otp", v.right(), "selectedCredentialId", v.credential("password"));
                }),
                named("built-in flow, an unreadable device", v -> {
                    browser(v, "browser")
                            .person(People.plaintextOtp("broken", "not base32!"))
                            .open()
                            .password();
                    v.otp("any code", v.wrong());
                }),
                named("built-in flow, a token that counts", v -> {
                    browser(v, "browser").person(hotp()).open().password();
                    String code = PhoneApp.type(Visit.SECRET).codeOfCounter(0);
                    v.otp("wrong code", v.wrong())
                            .otp("right code", code)
                            .open()
                            .password();
                    v.otp("the same code again", code);
                }),
                named(
                        "built-in flow, no second factor",
                        v -> browser(v, "browser").person().open().password()),
                named("form required, one device", v -> {
                    browser(v, FORM_FLOW).person(phone()).open().password();
                    v.otp("wrong code", v.wrong()).otp("right code", v.right());
                }),
                named("form required, no device", v -> {
                    browser(v, FORM_FLOW).person().open().password();
                    enrol(v);
                }));
    }

    // ---- Keycloak's conditional form ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditionalForms")
    @Tag("D1")
    @DisplayName("where TOTP Guard is off, Keycloak's conditional code form answers exactly as in a stock Keycloak")
    void conditionalForms(Conversation conversation) {
        both.compare(conversation);
    }

    static Stream<Conversation> conditionalForms() {
        Map<String, String> roles =
                Map.of("skipOtpRole", UnguardedRealm.SKIP_ROLE, "forceOtpRole", UnguardedRealm.FORCE_ROLE);
        Map<String, String> attribute = Map.of("otpControlAttribute", "otp-control");
        Map<String, String> headers = Map.of(
                "noOtpRequiredForHeaderPattern", "User-Agent: office.*",
                "forceOtpForHeaderPattern", "User-Agent: street.*",
                "defaultOtpOutcome", "skip");
        return Stream.of(
                named(
                        "no configuration, one device",
                        v -> code(conditional(v, Map.of()).person(phone()).open())),
                named(
                        "no configuration, no device",
                        v -> enrol(conditional(v, Map.of()).person().open().password())),
                named("skip role", v -> conditional(v, roles)
                        .person(phone())
                        .role(UnguardedRealm.SKIP_ROLE)
                        .open()
                        .password()),
                named(
                        "force role",
                        v -> code(conditional(v, roles)
                                .person(phone())
                                .role(UnguardedRealm.FORCE_ROLE)
                                .open())),
                named("force role, no device", v -> conditional(v, roles)
                        .person()
                        .role(UnguardedRealm.FORCE_ROLE)
                        .open()
                        .password()),
                named("both roles", v -> conditional(v, roles)
                        .person(phone())
                        .role(UnguardedRealm.SKIP_ROLE)
                        .role(UnguardedRealm.FORCE_ROLE)
                        .open()
                        .password()),
                named(
                        "neither role",
                        v -> code(conditional(v, roles).person(phone()).open())),
                named("attribute skip", v -> attributed(conditional(v, attribute), "skip")
                        .open()
                        .password()),
                named(
                        "attribute force",
                        v -> code(attributed(conditional(v, attribute), "force").open())),
                named(
                        "attribute of another value",
                        v -> code(attributed(conditional(v, attribute), "maybe").open())),
                named("header that skips", v -> conditional(v, headers)
                        .person(phone())
                        .openWith("office network")
                        .password()),
                named(
                        "header that forces",
                        v -> code(conditional(v, headers).person(phone()).openWith("street network"))),
                named(
                        "neither header, default skip",
                        v -> conditional(v, headers).person(phone()).open().password()),
                named("default skip, no device", v -> conditional(v, Map.of("defaultOtpOutcome", "skip"))
                        .person()
                        .open()
                        .password()),
                named(
                        "default force",
                        v -> code(conditional(v, Map.of("defaultOtpOutcome", "force"))
                                .person(phone())
                                .open())),
                named(
                        "default of another value",
                        v -> code(conditional(v, Map.of("defaultOtpOutcome", "maybe"))
                                .person(phone())
                                .open())));
    }

    // ---- Keycloak's recovery codes ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("recoveryCodes")
    @Tag("D1")
    @DisplayName("where TOTP Guard is off, Keycloak's recovery codes answer exactly as in a stock Keycloak")
    void recoveryCodes(Conversation conversation) {
        both.compare(conversation);
    }

    static Stream<Conversation> recoveryCodes() {
        return Stream.of(
                named("the form, one code after the other", v -> {
                    browser(v, RECOVERY_FLOW).person(codes()).open().password();
                    recovery(v, "wrong code", "AAAA-BBBB-CCCC");
                    recovery(v, "empty code", "");
                    recovery(v, "malformed code", "?");
                    recovery(v, "second code first", "IJKL-MNPQ-5678");
                    recovery(v, "first code in small letters", "abcd-efgh-1234");
                    recovery(v, "first code", "ABCD-EFGH-1234");
                    v.open().password();
                    recovery(v, "first code again", "ABCD-EFGH-1234");
                    recovery(v, "last code", "IJKLMNPQ5678");
                    makeCodes(v);
                }),
                named("the form, without its field", v -> browser(v, RECOVERY_FLOW)
                        .person(codes())
                        .open()
                        .password()
                        .post("no field", "recoveryCodeInput")),
                named(
                        "the form, no codes",
                        v -> makeCodes(browser(v, RECOVERY_FLOW).person().open().password())),
                named("beside the code form", v -> {
                    browser(v, CHOICE_FLOW).person(phone(), codes()).open().password();
                    v.post("another way", "tryAnotherWay", "tryAnotherWay", "on");
                    v.post(
                            "recovery codes",
                            "authenticationExecution",
                            "authenticationExecution",
                            v.realm()
                                    .flows()
                                    .execution(CHOICE_FLOW, UnguardedRealm.RECOVERY_FORM)
                                    .getId());
                    recovery(v, "wrong code", "AAAA-BBBB-CCCC");
                    recovery(v, "first code", "ABCD-EFGH-1234");
                }),
                named("the action, for a user without codes", v -> {
                    browser(v, CHOICE_FLOW).person();
                    makeCodes(v.open("kc_action", "CONFIGURE_RECOVERY_AUTHN_CODES")
                            .password());
                }),
                named("the action, for a user with a device and codes", v -> {
                    browser(v, CHOICE_FLOW).person(phone(), codes());
                    v.open("kc_action", "CONFIGURE_RECOVERY_AUTHN_CODES").password();
                    makeCodes(v.otp("right code", v.right()));
                }),
                named("the action, cancelled", v -> browser(v, CHOICE_FLOW)
                        .person()
                        .open("kc_action", "CONFIGURE_RECOVERY_AUTHN_CODES")
                        .password()
                        .post("cancel", "generatedAt", "cancel-aia", "true")),
                named("the action, without its fields", v -> browser(v, CHOICE_FLOW)
                        .person()
                        .open("kc_action", "CONFIGURE_RECOVERY_AUTHN_CODES")
                        .password()
                        .post("no field", "generatedAt")),
                named(
                        "the action that an administrator asks for",
                        v -> makeCodes(browser(v, CHOICE_FLOW)
                                .person(person -> person.setRequiredActions(List.of("CONFIGURE_RECOVERY_AUTHN_CODES")))
                                .open()
                                .password())));
    }

    // ---- The direct grant ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("directGrants")
    @Tag("D1")
    @DisplayName("where TOTP Guard is off, the direct grant answers exactly as in a stock Keycloak")
    void directGrants(Conversation conversation) {
        both.compare(conversation);
    }

    static Stream<Conversation> directGrants() {
        return Stream.of(
                named(
                        "built-in flow, one device",
                        v -> grants(direct(v, "direct grant").person(phone()))),
                named(
                        "built-in flow, two devices",
                        v -> fewGrants(direct(v, "direct grant").person(phone(), tablet()))),
                named(
                        "built-in flow, no device",
                        v -> direct(v, "direct grant").person().grant("no code").grant("a code", "otp", v.wrong())),
                named("built-in flow, wrong password", v -> direct(v, "direct grant")
                        .person(phone())
                        .grant("wrong password", "password", "wrong", "otp", v.right())),
                named(
                        "REQUIRED, one device",
                        v -> grants(direct(v, "REQUIRED", DIRECT_FLOW).person(phone()))),
                named("REQUIRED, no device", v -> noDevice(direct(v, "REQUIRED", DIRECT_FLOW))),
                named(
                        "ALTERNATIVE, one device",
                        v -> fewGrants(direct(v, "ALTERNATIVE", DIRECT_FLOW).person(phone()))),
                named("ALTERNATIVE, no device", v -> noDevice(direct(v, "ALTERNATIVE", DIRECT_FLOW))),
                named(
                        "CONDITIONAL, one device",
                        v -> fewGrants(direct(v, "CONDITIONAL", DIRECT_FLOW).person(phone()))),
                named("CONDITIONAL, no device", v -> noDevice(direct(v, "CONDITIONAL", DIRECT_FLOW))),
                named(
                        "DISABLED, one device",
                        v -> direct(v, "DISABLED", DIRECT_FLOW).person(phone()).grant("no code")));
    }

    // ---- The reset flow ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("resets")
    @Tag("D1")
    @DisplayName("where TOTP Guard is off, Keycloak's reset of a device answers exactly as in a stock Keycloak")
    void resets(Conversation conversation) {
        both.compare(conversation);
    }

    static Stream<Conversation> resets() {
        return Stream.of(
                named("no configuration", v -> newDevice(reset(v, Map.of(), phone()))),
                named("Remove none", v -> newDevice(reset(v, flag("Remove none"), phone(), tablet()))),
                named("Remove one, the second", v -> {
                    reset(v, flag("Remove one"), phone(), tablet());
                    v.post("no device", "selectedCredentialId");
                    v.post("blank device", "selectedCredentialId", "selectedCredentialId", "");
                    String tablet =
                            v.realm().credentials(v.userId(), "otp").get(1).getId();
                    newDevice(v.post("tablet", "selectedCredentialId", "selectedCredentialId", tablet));
                }),
                named(
                        "Remove one, one that does not exist",
                        v -> newDevice(reset(v, flag("Remove one"), phone())
                                .post("unknown device", "selectedCredentialId", "selectedCredentialId", UNKNOWN_ID))),
                named("Remove one, no device", v -> reset(v, flag("Remove one"))),
                named("Remove all", v -> newDevice(reset(v, flag("Remove all"), phone(), tablet()))),
                named("another value", v -> newDevice(reset(v, flag("Remove some"), phone()))),
                named("an unknown user", v -> {
                    UnguardedRealm.configure(v.realm(), RESET_FLOW, RESET_STEP, Map.of());
                    v.open().click("reset", "reset-credentials").post("name", "username", "username", "unknown");
                }));
    }

    // ---- Actions that an application asks for ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("actions")
    @Tag("D1")
    @DisplayName("where TOTP Guard is off, Keycloak's actions answer exactly as in a stock Keycloak")
    void actions(Conversation conversation) {
        both.compare(conversation);
    }

    static Stream<Conversation> actions() {
        return Stream.of(
                named("CONFIGURE_TOTP, the first device", v -> enrol(action(v, "CONFIGURE_TOTP"))),
                named("CONFIGURE_TOTP, another device", v -> {
                    action(v, "CONFIGURE_TOTP", phone()).otp("right code", v.right());
                    String secret = v.onPage(TOTP_SECRET);
                    String code = codeOf(secret);
                    v.post("no name", "totpSecret", "totpSecret", secret, "totp", code);
                    v.post("a name in use", "totpSecret", "totpSecret", secret, "totp", code, "userLabel", "PHONE ");
                    v.post("another name", "totpSecret", "totpSecret", secret, "totp", code, "userLabel", "tablet");
                }),
                named("CONFIGURE_TOTP with a field of another form", v -> {
                    action(v, "CONFIGURE_TOTP");
                    String secret = v.onPage(TOTP_SECRET);
                    v.post("otp beside totp", "totpSecret", "totpSecret", secret, "totp", codeOf(secret), "otp", "1");
                }),
                named("CONFIGURE_TOTP by hand, other sessions ended", v -> {
                    action(v, "CONFIGURE_TOTP").click("by hand", "mode=manual");
                    String secret = v.onPage(TOTP_SECRET);
                    v.post(
                            "right",
                            "totpSecret",
                            "totpSecret",
                            secret,
                            "totp",
                            codeOf(secret),
                            "mode",
                            "manual",
                            "userLabel",
                            "phone",
                            "logout-sessions",
                            "on");
                }),
                named("CONFIGURE_TOTP with a secret of the user's own", v -> {
                    action(v, "CONFIGURE_TOTP");
                    String own = "mine mine mine mine!";
                    v.post("own secret", "totpSecret", "totpSecret", own, "totp", codeOf(own));
                }),
                named("CONFIGURE_TOTP, cancelled", v -> action(v, "CONFIGURE_TOTP")
                        .post("cancel", "totpSecret", "cancel-aia", "true")),
                named(
                        "CONFIGURE_TOTP that an administrator asks for",
                        v -> enrol(browser(v, "browser")
                                .person(person -> person.setRequiredActions(List.of("CONFIGURE_TOTP")))
                                .open()
                                .password())),
                named("CONFIGURE_TOTP, disabled", v -> {
                    v.realm().enableRequiredAction("CONFIGURE_TOTP", false);
                    try {
                        action(v, "CONFIGURE_TOTP");
                    } finally {
                        v.realm().enableRequiredAction("CONFIGURE_TOTP", true);
                    }
                }),
                named("an action that is not enabled", v -> action(v, "TERMS_AND_CONDITIONS")),
                named("an action that does not exist", v -> action(v, "no-such-action")),
                named("our action", v -> action(v, Realms.SETUP_ACTION)),
                named("UPDATE_PASSWORD", v -> {
                    action(v, "UPDATE_PASSWORD");
                    newPassword(v, "no password", "", "");
                    newPassword(v, "two passwords", "one", "two");
                    v.post("no field", "password-new");
                    newPassword(v, "new password", "new", "new");
                }),
                named("UPDATE_PASSWORD, cancelled", v -> action(v, "UPDATE_PASSWORD")
                        .post("cancel", "password-new", "cancel-aia", "true")),
                named("UPDATE_PASSWORD, with a device, other sessions ended", v -> action(v, "UPDATE_PASSWORD", phone())
                        .otp("right code", v.right())
                        .post(
                                "new password",
                                "password-new",
                                "password-new",
                                "new",
                                "password-confirm",
                                "new",
                                "logout-sessions",
                                "on")),
                named("UPDATE_EMAIL", v -> {
                    action(v, "UPDATE_EMAIL");
                    v.post("no address", "email", "email", "").post("malformed address", "email", "email", "bob");
                    v.post("new address", "email", "email", "robert@example.org");
                }),
                named("idp_link", v -> action(v, "idp_link:" + UnguardedRealm.PROVIDER)),
                named("idp_link to an unknown provider", v -> action(v, "idp_link:unknown")),
                named("idp_link without a provider", v -> action(v, "idp_link")),
                named("webauthn-register", v -> action(v, "webauthn-register")
                        .post("error of the browser", "clientDataJSON", "error", "NotAllowedError")),
                named("webauthn-register, malformed", v -> action(v, "webauthn-register")
                        .post("no data", "clientDataJSON", "clientDataJSON", "?", "attestationObject", "?")),
                named("webauthn-register-passwordless", v -> action(v, "webauthn-register-passwordless")
                        .post("error of the browser", "clientDataJSON", "error", "NotAllowedError")),
                named("webauthn-register, cancelled", v -> action(v, "webauthn-register")
                        .post("cancel", "cancel-aia", "cancel-aia", "true")),
                named("delete_credential, a device", v -> removal(v, "otp").post("yes", "accept", "accept", "")),
                named("delete_credential with a field of another form", v -> removal(v, "otp")
                        .post("otp beside yes", "accept", "accept", "", "otp", "1")),
                named("delete_credential with a field of a page of ours", v -> removal(v, "otp")
                        .post("continue", "accept", "continue", "true")),
                named("delete_credential, without a field", v -> removal(v, "otp")
                        .post("no field", "accept")),
                named("delete_credential, declined", v -> removal(v, "otp").post("no", "accept", "cancel-aia", "")),
                named("delete_credential, recovery codes", v -> removal(v, "recovery-authn-codes")
                        .post("yes", "accept", "accept", "")),
                named("delete_credential, the password", v -> removal(v, "password")
                        .post("yes", "accept", "accept", "")),
                named("delete_credential, in one's user store", v -> action(v, "delete_credential:otp-id")
                        .post("yes", "accept", "accept", "")),
                named("delete_credential, unknown", v -> action(v, "delete_credential:" + UNKNOWN_ID)),
                named("delete_credential, none named", v -> action(v, "delete_credential")));
    }

    // ---- REST ----

    @ParameterizedTest(name = "{0}")
    @MethodSource("rest")
    @Tag("D1")
    @DisplayName("where TOTP Guard is off, account REST and admin REST answer exactly as in a stock Keycloak")
    void rest(Conversation conversation) {
        both.compare(conversation);
    }

    static Stream<Conversation> rest() {
        return Stream.of(
                named("account: a device and recovery codes", v -> {
                    signedIn(v, phone(), tablet(), codes());
                    v.account("list", "GET", "/credentials");
                    v.account("devices", "GET", "/credentials?type=otp");
                    v.account("recovery codes", "GET", "/credentials?type=recovery-authn-codes");
                    v.account("in German", "GET", "/credentials", "Accept-Language", "de");
                    v.account("types alone", "GET", "/credentials?user-credentials=false");
                    v.account("remove the device", "DELETE", "/credentials/" + v.credential("otp"));
                    v.account("remove the codes", "DELETE", "/credentials/" + v.credential("recovery-authn-codes"));
                    v.account("remove what is not there", "DELETE", "/credentials/" + UNKNOWN_ID);
                    v.account("list what is left", "GET", "/credentials");
                }),
                named("account: no second factor", v -> {
                    direct(v, "direct grant").person().grant("password");
                    v.account("list", "GET", "/credentials");
                    v.account("remove the password", "DELETE", "/credentials/" + v.credential("password"));
                    v.account("remove a device of one's user store", "DELETE", "/credentials/otp-id");
                }),
                named("admin: an administrator removes the device", v -> {
                    direct(v, "direct grant").person(phone(), codes());
                    v.realm().deleteCredential(v.userId(), v.credential("otp"));
                    v.grant("password");
                    v.admin("admin events", "/admin-events?max=1&operationTypes=ACTION");
                }),
                named("admin: authenticators", v -> {
                    v.adminSet("authenticators", "/authentication/authenticator-providers");
                    for (String authenticator : List.of(
                            "auth-otp-form", CONDITIONAL_FORM, DIRECT_STEP, RESET_STEP, UnguardedRealm.RECOVERY_FORM)) {
                        v.admin(authenticator, "/authentication/config-description/" + authenticator);
                    }
                    v.admin("of clients", "/authentication/per-client-config-description");
                }),
                named("admin: flows", v -> {
                    for (String flow :
                            List.of("browser", FORM_FLOW, CONDITIONAL_FLOW, CHOICE_FLOW, "reset credentials")) {
                        v.admin(flow, "/authentication/flows/" + flow.replace(" ", "%20") + "/executions");
                    }
                }),
                named("admin: required actions", v -> {
                    v.admin("required actions", "/authentication/required-actions");
                    v.adminSet("not registered", "/authentication/unregistered-required-actions");
                    v.adminSet("registrators of credentials", "/credential-registrators");
                    for (String action : List.of(
                            "CONFIGURE_TOTP",
                            "CONFIGURE_RECOVERY_AUTHN_CODES",
                            "webauthn-register",
                            "webauthn-register-passwordless",
                            "idp_link",
                            "UPDATE_EMAIL",
                            "UPDATE_PASSWORD",
                            "delete_credential")) {
                        v.admin(action, "/authentication/required-actions/" + action);
                        v.admin(
                                action + ", configuration",
                                "/authentication/required-actions/" + action + "/config-description");
                    }
                }));
    }

    // ---- Parts of scripts ----

    private static Conversation named(String name, Consumer<Visit> script) {
        return new Conversation(name, script);
    }

    private static Visit browser(Visit v, String flow) {
        // A change of the realm clears the server's caches.
        if (!flow.equals(v.realm().settings().getBrowserFlow())) {
            v.realm().flows().bindBrowser(flow);
        }
        return v;
    }

    private static Visit conditional(Visit v, Map<String, String> config) {
        UnguardedRealm.configure(v.realm(), CONDITIONAL_FLOW, CONDITIONAL_FORM, config);
        return browser(v, CONDITIONAL_FLOW);
    }

    private static Visit attributed(Visit v, String value) {
        return v.person(person -> person.setAttributes(Map.of("otp-control", List.of(value))), phone());
    }

    private static Visit code(Visit v) {
        v.password().otp("wrong code", v.wrong());
        return v.otp("right code", v.right());
    }

    private static Visit direct(Visit v, String flow) {
        v.realm().flows().bindDirectGrant(flow);
        return v;
    }

    private static Visit direct(Visit v, String requirement, String flow) {
        Flows flows = v.realm().flows();
        flows.require(flow, flows.execution(flow, DIRECT_STEP).getId(), requirement);
        return direct(v, flow);
    }

    private static void grants(Visit v) {
        MALFORMED.forEach(input -> v.grant("malformed code '" + input + "'", "otp", input));
        fewGrants(v);
        v.grant("wrong code beside a right one", "otp", v.wrong(), "totp", v.next());
    }

    private static void fewGrants(Visit v) {
        v.grant("no code").grant("wrong code", "otp", v.wrong());
        String code = v.right();
        v.grant("right code with a space", "otp", code.substring(0, 3) + " " + code.substring(3));
        v.grant("right code", "otp", code).grant("the same code again", "otp", code);
        v.grant("the next code in the old field", "totp", v.next());
    }

    private static void noDevice(Visit v) {
        v.person().grant("no code").grant("a code", "otp", v.wrong());
    }

    private static Map<String, String> flag(String value) {
        return Map.of("action_on_otp_reset_flag", value);
    }

    private static Visit reset(Visit v, Map<String, String> config, CredentialRepresentation... devices) {
        UnguardedRealm.configure(v.realm(), RESET_FLOW, RESET_STEP, config);
        browser(v, "browser").person(devices).open().click("reset", "reset-credentials");
        return v.post("name", "username", "username", Visit.USER);
    }

    /** The steps after the reset: a device and a password, in Keycloak's order. */
    private static void newDevice(Visit v) {
        String secret = v.onPage(TOTP_SECRET);
        v.post("new device", "totpSecret", "totpSecret", secret, "totp", codeOf(secret), "userLabel", "new");
        newPassword(v, "new password", "new", "new");
    }

    private static void newPassword(Visit v, String step, String password, String again) {
        v.post(step, "password-new", "password-new", password, "password-confirm", again);
    }

    private static Visit action(Visit v, String action, CredentialRepresentation... credentials) {
        return browser(v, "browser")
                .person(credentials)
                .open("kc_action", action)
                .password();
    }

    private static Visit removal(Visit v, String type) {
        browser(v, "browser").person(phone(), codes());
        v.open("kc_action", "delete_credential:" + v.credential(type)).password();
        return v.otp("right code", v.right());
    }

    private static Visit signedIn(Visit v, CredentialRepresentation... credentials) {
        browser(v, "browser").person(credentials).open().password();
        return v.otp("right code", v.right());
    }

    /** The steps at Keycloak's page for the first device. */
    private static void enrol(Visit v) {
        String secret = v.onPage(TOTP_SECRET);
        v.post("no code", "totpSecret", "totpSecret", secret);
        v.post("empty code", "totpSecret", "totpSecret", secret, "totp", "");
        v.post("malformed code", "totpSecret", "totpSecret", secret, "totp", "abc");
        v.post("wrong code", "totpSecret", "totpSecret", secret, "totp", "1234567");
        v.post("right code", "totpSecret", "totpSecret", secret, "totp", codeOf(secret));
    }

    private static String codeOf(String secretOfKeycloak) {
        return PhoneApp.type(PhoneApp.base32(secretOfKeycloak)).codeAt(Instant.now());
    }

    private static void recovery(Visit v, String step, String code) {
        v.post(step, "recoveryCodeInput", "recoveryCodeInput", code);
    }

    /** The steps at Keycloak's page for new codes. */
    private static void makeCodes(Visit v) {
        v.post(
                "other codes",
                "generatedAt",
                "generatedRecoveryAuthnCodes",
                "AAAABBBBCCCC",
                "generatedAt",
                v.onPage(RECOVERY_TIME),
                "userLabel",
                "x");
        v.post(
                "codes of the page",
                "generatedAt",
                "generatedRecoveryAuthnCodes",
                v.onPage(RECOVERY_CODES),
                "generatedAt",
                v.onPage(RECOVERY_TIME),
                "userLabel",
                "Recovery codes");
    }

    private static CredentialRepresentation phone() {
        return People.plaintextOtp("phone", Visit.SECRET);
    }

    private static CredentialRepresentation tablet() {
        return People.plaintextOtp("tablet", SECOND_SECRET);
    }

    private static CredentialRepresentation hotp() {
        return People.plaintextOtp(
                "token",
                Visit.SECRET,
                "{\"subType\":\"hotp\",\"digits\":6,\"counter\":0,\"period\":0,"
                        + "\"algorithm\":\"HmacSHA1\",\"secretEncoding\":\"BASE32\"}");
    }

    private static CredentialRepresentation codes() {
        return BackupCodes.ofKeycloak(List.of("ABCDEFGH1234", "IJKLMNPQ5678"));
    }
}
