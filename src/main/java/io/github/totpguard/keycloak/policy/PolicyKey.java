package io.github.totpguard.keycloak.policy;

import io.github.totpguard.core.backup.BackupCode;
import io.github.totpguard.core.state.Drift;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The keys of the policy: name, default, texts of the admin console, and validation.
 *
 * <p>To add a key, add a constant here, a component of {@link GuardPolicy}, and a row in the documentation.
 */
enum PolicyKey {
    ISSUER(
            "issuer",
            "",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Issuer",
            "The name that authenticator apps show for the account. Empty: the realm's display name.",
            value -> value.length() <= 100 && value.chars().noneMatch(c -> c == ':' || Character.isISOControl(c)),
            "up to 100 characters, no colon"),
    ACCOUNT_NAME(
            "accountName",
            "username",
            ProviderConfigProperty.LIST_TYPE,
            List.of("username", "email"),
            "Account name",
            "What the app shows next to the issuer. If a user has no email address, it shows the username.",
            value -> value.equals("username") || value.equals("email"),
            "username or email"),
    MAX_DEVICES(
            "maxDevices",
            "5",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Devices per user",
            "How many devices a user may have, 1 to 20.",
            value -> isIntegerIn(value, 1, 20),
            "a whole number from 1 to 20"),
    MAX_FAILURES(
            "maxFailures",
            "5",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Wrong codes before a lock",
            "After this many wrong codes in a row, no code is checked for a while, 1 to 100.",
            value -> isIntegerIn(value, 1, 100),
            "a whole number from 1 to 100"),
    FAILURES_PER_LOGIN(
            "failuresPerLogin",
            "0",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Wrong codes in one login",
            "After this many wrong codes, a login starts again at the password, 1 to 100. 0: never.",
            value -> isIntegerIn(value, 0, 100),
            "a whole number from 0 to 100"),
    LOCK_SECONDS(
            "lockSeconds",
            "60",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "First lock",
            "How many seconds the first lock lasts. Each further lock lasts twice as long, until a code is accepted.",
            value -> isIntegerIn(value, 1, 86400),
            "a whole number from 1 to 86400"),
    MAX_LOCK_SECONDS(
            "maxLockSeconds",
            "3600",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Longest lock",
            "How many seconds a lock lasts at most. Not less than the first lock.",
            value -> isIntegerIn(value, 1, 604800),
            "a whole number from 1 to 604800"),
    HARD_LOCK_FAILURES(
            "hardLockFailures",
            "100",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Wrong codes before a hard lock",
            "After this many wrong codes in a row, only an administrator or a backup code ends the lock. Not less"
                    + " than the wrong codes before a lock.",
            value -> isIntegerIn(value, 1, 100),
            "a whole number from 1 to 100"),
    MAX_DRIFT_STEPS(
            "maxDriftSteps",
            "4",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Remembered drift",
            "How many time steps of clock drift are remembered for a device so that its window follows, 0 to 100.",
            value -> isIntegerIn(value, 0, Drift.MAX_STEPS),
            "a whole number from 0 to " + Drift.MAX_STEPS),
    RESYNC_STEPS(
            "resyncSteps",
            "20",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Resynchronisation",
            "How many time steps from now two consecutive codes may be to resynchronise a device, 1 to 100. 0: never.",
            value -> isIntegerIn(value, 0, Drift.MAX_STEPS),
            "a whole number from 0 to " + Drift.MAX_STEPS),
    PASSWORD_RESET_AFTER_LOCKS(
            "passwordResetAfterLocks",
            "0",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Locks before a new password",
            "After this many locks in a row, sessions end and the user must change the password, 1 to 100. 0: never.",
            value -> isIntegerIn(value, 0, 100),
            "a whole number from 0 to 100"),
    NOTIFY_USER(
            "notifyUser",
            "true",
            ProviderConfigProperty.BOOLEAN_TYPE,
            List.of(),
            "Notify users",
            "Sends users an email when their second factor is locked or wrong codes are entered.",
            value -> value.equals("true") || value.equals("false"),
            "true or false"),
    HELP_CONTACT(
            "helpContact",
            "",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Contact for help",
            "Whom users contact if they can't sign in with a code: an email address, a web address (https://...) or a"
                    + " short text. Empty: the pages say \"your administrator\".",
            value -> value.length() <= 200 && value.chars().noneMatch(Character::isISOControl),
            "up to 200 characters, on one line"),
    GRACE_DAYS(
            "graceDays",
            "0",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Grace period",
            "How many days after the account was created the user may put set-up off, 1 to 90. 0: never.",
            value -> isIntegerIn(value, 0, 90),
            "a whole number from 0 to 90"),
    TRUSTED_BROWSER_DAYS(
            "trustedBrowserDays",
            "0",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Days of trust",
            "How many days users don't need a code in a trusted browser, 1 to 90. 0: users can't trust browsers.",
            value -> isIntegerIn(value, 0, 90),
            "a whole number from 0 to 90"),
    TRUSTED_BROWSER_MAX_LEVEL(
            "trustedBrowserMaxLevel",
            "1",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Highest level of a trusted browser",
            "The highest level of authentication (LoA) for which a trusted browser replaces a code, 0 to 99.",
            value -> isIntegerIn(value, 0, 99),
            "a whole number from 0 to 99"),
    PROOF_MAX_AGE(
            "proofMaxAge",
            "300",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Maximum age of a proof",
            "How many seconds a code, backup code or key of this login is proof enough to change ways to sign in"
                    + " (devices, keys, backup codes, password, email, linked accounts), to export a vault and to see"
                    + " its QR codes, 30 to 86400.",
            value -> isIntegerIn(value, 30, 86400),
            "a whole number from 30 to 86400"),
    BACKUP_CODES_ON_SETUP(
            "backupCodesOnSetup",
            "true",
            ProviderConfigProperty.BOOLEAN_TYPE,
            List.of(),
            "Offer backup codes",
            "Offers backup codes after the first device, where the required action totp-guard-backup-codes or Keycloak's"
                    + " Recovery Authentication Codes is enabled.",
            value -> value.equals("true") || value.equals("false"),
            "true or false"),
    BACKUP_CODE_COUNT(
            "backupCodeCount",
            "10",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Backup codes",
            "How many backup codes a user gets, 5 to 20.",
            value -> isIntegerIn(value, 5, BackupCode.MAX_CODES),
            "a whole number from 5 to " + BackupCode.MAX_CODES),
    BACKUP_CODES_CONFIRM(
            "backupCodesConfirm",
            "checkbox",
            ProviderConfigProperty.LIST_TYPE,
            List.of("checkbox", "code"),
            "Confirmation of backup codes",
            "How users confirm that they have saved their backup codes: with a checkbox, or by entering one of them,"
                    + " which doesn't use it up.",
            value -> value.equals("checkbox") || value.equals("code"),
            "checkbox or code"),
    VAULT_ENABLED(
            "vaultEnabled",
            "false",
            ProviderConfigProperty.BOOLEAN_TYPE,
            List.of(),
            "Authenticator vault",
            "Lets users with the role totp-vault keep their accounts of other services here and read the codes.",
            value -> value.equals("true") || value.equals("false"),
            "true or false"),
    VAULT_SHOW_SECRETS(
            "vaultShowSecrets",
            "false",
            ProviderConfigProperty.BOOLEAN_TYPE,
            List.of(),
            "QR codes of the vault",
            "Lets owners see an account of their vault as a QR code, which contains its key, after a new second factor.",
            value -> value.equals("true") || value.equals("false"),
            "true or false"),
    PAGE_LOGO(
            "pageLogo",
            "",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Logo of the vault's page",
            "A picture (svg, png, jpg, webp) of the realm's login theme, as a path in its resources, such as img/logo.svg."
                    + " Empty: the page shows the realm's name alone.",
            value -> value.isEmpty()
                    || value.length() <= 200
                            && value.matches(
                                    "(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.(?:svg|png|jpe?g|webp)"),
            "the path of an svg, png, jpg or webp file in the login theme's resources, such as img/logo.svg");

    private final String key;
    private final String defaultValue;
    private final String type;
    private final List<String> options;
    private final String label;
    private final String help;
    private final Predicate<String> valid;
    private final String expected;

    PolicyKey(
            String key,
            String defaultValue,
            String type,
            List<String> options,
            String label,
            String help,
            Predicate<String> valid,
            String expected) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.type = type;
        this.options = options;
        this.label = label;
        this.help = help;
        this.valid = valid;
        this.expected = expected;
    }

    String key() {
        return key;
    }

    String expected() {
        return expected;
    }

    /** The saved value, or the default if no value or only blanks were saved. */
    String effective(Optional<String> saved) {
        return saved.map(String::strip).filter(value -> !value.isEmpty()).orElse(defaultValue);
    }

    boolean accepts(String value) {
        return valid.test(value);
    }

    ProviderConfigProperty property() {
        ProviderConfigProperty property = new ProviderConfigProperty(key, label, help, type, defaultValue);
        if (!options.isEmpty()) {
            property.setOptions(options);
        }
        return property;
    }

    private static boolean isIntegerIn(String value, int min, int max) {
        return value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max;
    }
}
