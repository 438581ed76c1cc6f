package io.github.totpguard.keycloak.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.provider.ProviderConfigProperty;

class GuardPolicyTest {
    @Test
    @DisplayName("an empty configuration, blank values and Keycloak's own key are accepted")
    void lenient() {
        GuardPolicy.check(Map.of());
        GuardPolicy.check(Map.of("maxDevices", "  ", "issuer", "", "max_auth_age", "300"));
        GuardPolicy.check(Map.of("maxDevices", " 7 ", "issuer", "Acme, Inc. & Söhne", "accountName", "email"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @Tag("S57")
    @DisplayName("an unknown key is refused, and the message suggests the most similar one")
    @CsvSource({
        "maxfailures, maxFailures",
        "lockSecond, lockSeconds",
        "trustedBrowsersDays, trustedBrowserDays",
        "max-devices, maxDevices",
        "proof_max_age, proofMaxAge",
        "maxAuthAge, max_auth_age",
        "vaultenable, vaultEnabled"
    })
    void unknownKey(String entered, String meant) {
        assertThatThrownBy(() -> GuardPolicy.check(Map.of(entered, "1")))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining(entered)
                .hasMessageContaining("Did you mean " + meant + "?");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @Tag("S29")
    @DisplayName("an invalid value is refused when it is saved, and the message names the setting")
    @CsvSource({
        "maxDevices, 0",
        "maxDevices, 21",
        "maxDevices, -1",
        "maxDevices, five",
        "maxDevices, 5.0",
        "maxDevices, 99999999999",
        "maxFailures, 0",
        "maxFailures, 101",
        "lockSeconds, 0",
        "lockSeconds, 86401",
        "maxLockSeconds, 59",
        "hardLockFailures, 4",
        "hardLockFailures, 101",
        "failuresPerLogin, -1",
        "failuresPerLogin, 101",
        "maxDriftSteps, -1",
        "maxDriftSteps, 101",
        "maxDriftSteps, 1.5",
        "resyncSteps, -1",
        "resyncSteps, 101",
        "passwordResetAfterLocks, -1",
        "passwordResetAfterLocks, 101",
        "passwordResetAfterLocks, never",
        "graceDays, -1",
        "graceDays, 91",
        "trustedBrowserDays, -1",
        "trustedBrowserDays, 91",
        "trustedBrowserMaxLevel, -1",
        "trustedBrowserMaxLevel, 100",
        "notifyUser, yes",
        "notifyUser, TRUE",
        "vaultEnabled, on",
        "vaultShowSecrets, yes",
        "pageLogo, https://acme.example/logo.svg",
        "pageLogo, //acme.example/logo.svg",
        "pageLogo, /img/logo.svg",
        "pageLogo, img/../../logo.svg",
        "pageLogo, ../logo.svg",
        "pageLogo, img/.hidden/logo.svg",
        "pageLogo, img//logo.svg",
        "pageLogo, img\\logo.svg",
        "pageLogo, img/logo.svg?x",
        "pageLogo, img/logo.html",
        "pageLogo, logo",
        "accountName, phone",
        "issuer, Acme: Prod"
    })
    void refused(String key, String value) {
        assertThatThrownBy(() -> GuardPolicy.check(Map.of(key, value)))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @DisplayName("0 is accepted where it switches a feature off, and so is the largest value")
    @CsvSource({
        "failuresPerLogin, 0",
        "failuresPerLogin, 100",
        "maxDriftSteps, 0",
        "maxDriftSteps, 100",
        "resyncSteps, 0",
        "resyncSteps, 100",
        "passwordResetAfterLocks, 0",
        "passwordResetAfterLocks, 100",
        "graceDays, 0",
        "graceDays, 90",
        "trustedBrowserDays, 0",
        "trustedBrowserDays, 90",
        "trustedBrowserMaxLevel, 0",
        "trustedBrowserMaxLevel, 99",
        "notifyUser, false",
        "notifyUser, true",
        "vaultEnabled, true",
        "vaultShowSecrets, true",
        "pageLogo, logo.png",
        "pageLogo, img/brand-2026/logo_dark.v2.svg"
    })
    void taken(String key, String value) {
        assertThatCode(() -> GuardPolicy.check(Map.of(key, value))).doesNotThrowAnyException();
    }

    @Test
    @Tag("S29")
    @DisplayName("the contact for help is any text of one line, up to 200 characters, and missing if it is blank")
    void helpContact() {
        assertThat(helpContact(" help@acme.example ")).contains("help@acme.example");
        assertThat(helpContact("é".repeat(200))).isPresent();
        assertThat(helpContact("  ")).isEmpty();
        for (String refused : List.of("x".repeat(201), "line\nline", "bell\u0007")) {
            assertThatThrownBy(() -> GuardPolicy.check(Map.of("helpContact", refused)))
                    .isInstanceOf(InvalidPolicyException.class)
                    .hasMessageContaining("helpContact");
        }
    }

    private static Optional<String> helpContact(String saved) {
        return GuardPolicy.parse(new StoredPolicy(Map.of("helpContact", saved), "HmacSHA1", 6, 30, 1))
                .helpContact();
    }

    @Test
    @DisplayName("every key of the policy is shown in the admin console, with a valid default")
    void properties() {
        assertThat(GuardPolicy.properties())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly(
                        "issuer",
                        "accountName",
                        "maxDevices",
                        "maxFailures",
                        "failuresPerLogin",
                        "lockSeconds",
                        "maxLockSeconds",
                        "hardLockFailures",
                        "maxDriftSteps",
                        "resyncSteps",
                        "passwordResetAfterLocks",
                        "notifyUser",
                        "helpContact",
                        "graceDays",
                        "trustedBrowserDays",
                        "trustedBrowserMaxLevel",
                        "proofMaxAge",
                        "backupCodesOnSetup",
                        "backupCodeCount",
                        "backupCodesConfirm",
                        "vaultEnabled",
                        "vaultShowSecrets",
                        "pageLogo");
        for (ProviderConfigProperty property : GuardPolicy.properties()) {
            GuardPolicy.check(Map.of(property.getName(), (String) property.getDefaultValue()));
        }
    }
}
