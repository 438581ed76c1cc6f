package io.github.totpguard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.totpguard.core.otp.OtpVerifier;
import io.github.totpguard.core.state.SecondFactorDecision;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.trust.TrustUse;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.mail.AttemptNotice;
import io.github.totpguard.keycloak.notify.mail.ChangeNotice;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/** The rules of docs/develop/architecture.md that the compiler does not check. */
@AnalyzeClasses(packages = "io.github.totpguard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BASE = "io.github.totpguard";
    private static final String CORE = BASE + ".core..";
    private static final String TRANSFER = BASE + ".core.transfer";
    private static final String CRYPTO = TRANSFER + ".crypto";
    private static final Set<String> IO_FREE = Set.of(
            "java.io.IOException",
            "java.io.UncheckedIOException",
            "java.io.InputStream",
            "java.io.ByteArrayInputStream",
            "java.io.ByteArrayOutputStream",
            "java.io.DataInputStream",
            "java.io.Reader",
            "java.io.StringReader",
            "java.net.URLDecoder",
            "java.net.URLEncoder");
    private static final String KEYCLOAK = BASE + ".keycloak..";
    private static final String CLI = BASE + ".cli..";
    private static final String GATE = BASE + ".keycloak.gate";
    private static final Set<String> USERS_OF_THE_ROW = Set.of(
            BASE + ".keycloak.trustedbrowser.TrustGate",
            BASE + ".keycloak.vault.account.AccountCounters",
            BASE + ".keycloak.vault.account.OwnerLock",
            BASE + ".keycloak.vault.account.RequestPause",
            BASE + ".keycloak.vault.account.VaultJpaEntityProviderFactory");

    @ArchTest
    static final ArchRule core_depends_on_no_server = classes()
            .that()
            .resideInAPackage(CORE)
            .and()
            .resideOutsideOfPackages(TRANSFER, CRYPTO)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE, "java..", "javax.crypto..", "com.google.zxing..")
                    .or(DescribedPredicate.describe("are the image classes", ArchitectureTest::isImageClass)));

    /** The files of other apps are JSON, XML, ZIP or plain text; only streams in memory are allowed. */
    @ArchTest
    static final ArchRule only_transfer_reads_other_apps_files = classes()
            .that()
            .resideInAPackage(TRANSFER)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            TRANSFER,
                            CRYPTO,
                            BASE + ".core.otp",
                            BASE + ".core.uri",
                            "java.lang..",
                            "java.util..",
                            "java.nio",
                            "java.nio.charset",
                            "java.security",
                            "javax.xml.stream..",
                            "com.fasterxml.jackson..")
                    .or(DescribedPredicate.describe(
                            "are streams in memory, exceptions of reading, or codecs of URLs",
                            type -> IO_FREE.contains(type.getName()))));

    /** Derives keys that Java alone cannot derive, and knows no file formats. */
    @ArchTest
    static final ArchRule only_crypto_opens_other_apps_files = classes()
            .that()
            .resideInAPackage(CRYPTO)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    CRYPTO,
                    "java.lang..",
                    "java.util..",
                    "java.nio",
                    "java.nio.charset",
                    "java.security..",
                    "javax.crypto..",
                    "org.bouncycastle.crypto.."));

    @ArchTest
    static final ArchRule core_has_no_clock_and_no_randomness_of_its_own = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(java.security.SecureRandom.class);

    @ArchTest
    static final ArchRule no_class_bypasses_keycloaks_clock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    /** Only the entry point of the tool creates a clock and passes it on; the server uses Keycloak's clock. */
    @ArchTest
    static final ArchRule only_the_entry_of_the_tool_creates_a_clock = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(BASE + ".cli.TotpGuardCli")
            .should()
            .callMethodWhere(target(owner(assignableTo(Clock.class))).and(target(nameStartingWith("system"))));

    @ArchTest
    static final ArchRule the_server_uses_only_keycloaks_clock = noClasses()
            .that()
            .resideInAPackage(KEYCLOAK)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    /**
     * The tool is not a way to sign in: it generates and compares codes for a user who has the key, and stores no
     * state.
     */
    @ArchTest
    static final ArchRule the_tool_depends_only_on_the_core_and_its_libraries = classes()
            .that()
            .resideInAPackage(CLI)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CLI, CORE, "java..", "picocli..", "com.google.zxing..")
                    .or(DescribedPredicate.describe("are the image classes", ArchitectureTest::isImageClass)));

    @ArchTest
    static final ArchRule no_other_class_depends_on_the_tool = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLI, "picocli.."));

    @ArchTest
    static final ArchRule only_the_decision_calls_the_verifier = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + ".core.otp", BASE + ".core.state")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(OtpVerifier.class);

    @ArchTest
    static final ArchRule only_the_gate_decides = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + ".core.state", BASE + ".keycloak.gate")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(SecondFactorDecision.class);

    @ArchTest
    static final ArchRule only_the_gate_of_trust_judges_it = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + ".core.trust", BASE + ".core.state")
            .and()
            .doNotHaveFullyQualifiedName(BASE + ".keycloak.trustedbrowser.TrustGate")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(TrustUse.class);

    /** Besides the gate itself. Every class may catch the exception that these throw. */
    @ArchTest
    static final ArchRule few_classes_use_the_row = noClasses()
            .that()
            .resideOutsideOfPackages(GATE, GATE + ".store", GATE + ".session")
            .and(not(belongToAnyNamed(USERS_OF_THE_ROW)))
            .should()
            .dependOnClassesThat(
                    resideInAPackage(GATE + ".store").and(not(belongToAnyOf(VerificationUnavailableException.class))));

    /** Locks end where attempts are decided; an address that is not the user's own is told of a change of that address alone. */
    @ArchTest
    static final ArchRule only_the_gate_unlocks = noClasses()
            .that()
            .resideOutsideOfPackages(GATE, BASE + ".core.state")
            .should()
            .callMethod(SecondFactorState.class, "unlocked");

    @ArchTest
    static final ArchRule only_events_lead_to_mails_to_other_addresses = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + ".keycloak.notify..")
            .should()
            .callMethodWhere(target(owner(assignableTo(ChangeNotice.class))).and(target(nameStartingWith("tellAt"))))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(AttemptNotice.class);

    @ArchTest
    static final ArchRule accounts_of_the_vault_do_not_depend_on_http = noClasses()
            .that()
            .resideInAPackage(BASE + ".keycloak.vault.account")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "jakarta.ws.rs..",
                    "org.keycloak.services..",
                    "org.keycloak.http..",
                    BASE + ".keycloak.vault.rest",
                    BASE + ".keycloak.web"));

    /** Includes Keycloak's own verifiers: only a realm in which TOTP Guard is off may use them. */
    @ArchTest
    static final ArchRule keycloaks_verifiers_are_for_unguarded_realms = noClasses()
            .that()
            .doNotHaveSimpleName("UnguardedOtp")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.keycloak\\.models\\.utils\\.(TimeBased|Hmac)OTP");

    @ArchTest
    static final ArchRule features_share_only_policy_sealing_gate_notify_and_page = slices().matching(
                    BASE + ".keycloak.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    resideInAPackage(KEYCLOAK),
                    resideInAnyPackage(
                            BASE + ".keycloak.policy",
                            BASE + ".keycloak.sealing",
                            BASE + ".keycloak.gate..",
                            BASE + ".keycloak.notify..",
                            BASE + ".keycloak.page",
                            BASE + ".keycloak.web"))
            // The root of the users' REST leads to the features.
            .ignoreDependency(resideInAPackage(BASE + ".keycloak.rest"), resideInAPackage(KEYCLOAK));

    @ArchTest
    static final ArchRule no_cycles = slices().matching(BASE + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule factories_are_public_and_final = classes()
            .that()
            .implement(ProviderFactory.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule providers_are_not_public = classes()
            .that()
            .implement(Provider.class)
            .and()
            .doNotImplement(ProviderFactory.class)
            .should()
            .bePackagePrivate()
            .orShould()
            .bePrivate();

    private static DescribedPredicate<JavaClass> belongToAnyNamed(Set<String> names) {
        return DescribedPredicate.describe("belong to any of " + names, type -> names.stream()
                .anyMatch(name -> type.getName().startsWith(name)));
    }

    private static boolean isImageClass(JavaClass type) {
        return type.getPackageName().startsWith("javax.imageio")
                || type.getPackageName().startsWith("java.awt.image");
    }
}
