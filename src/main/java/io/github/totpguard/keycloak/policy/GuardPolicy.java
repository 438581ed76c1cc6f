package io.github.totpguard.keycloak.policy;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.state.AttemptRules;
import io.github.totpguard.core.state.Drift;
import io.github.totpguard.core.state.Lockout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The policy of a realm in which TOTP Guard is on.
 *
 * @param issuer the issuer shown in apps; empty for the realm's own name
 * @param accountName which of the user's names apps show beside the issuer
 * @param maxDevices how many devices a user may have, 1 to 20
 * @param newDevices the code parameters of newly enrolled devices: digits, period and algorithm of Keycloak's own OTP
 *     policy
 * @param attemptRules the rules of the gate: the window of Keycloak's own OTP policy, drift, lockout, warnings
 * @param failuresPerLogin wrong codes after which a login starts again; 0 if it never does
 * @param passwordResetAfterLocks consecutive locks after which the password must be changed; 0 if never
 * @param notifyUser whether users are sent e-mails
 * @param helpContact whom users ask for help: an e-mail address, a web address or a text; empty for the administrator
 * @param graceDays days after the creation of the account in which set-up may be postponed, 0 to 90
 * @param trustedBrowserDays how many days a browser is trusted; 0 if browsers are never trusted
 * @param trustedBrowserMaxLevel the highest level of authentication for which a browser is trusted
 * @param proofMaxAge the maximum age of a proof of a second factor for changes to the ways in, 30 seconds to a day
 * @param backupCodes how users get backup codes
 * @param vaultEnabled whether users may keep accounts of other services in the vault
 * @param vaultShowSecrets whether owners may see their accounts as QR codes, after a fresh proof
 * @param pageLogo the path of a picture in the resources of the realm's login theme; empty if there is none
 */
public record GuardPolicy(
        Optional<String> issuer,
        AccountName accountName,
        int maxDevices,
        OtpParameters.Totp newDevices,
        AttemptRules attemptRules,
        int failuresPerLogin,
        int passwordResetAfterLocks,
        boolean notifyUser,
        Optional<String> helpContact,
        int graceDays,
        int trustedBrowserDays,
        int trustedBrowserMaxLevel,
        Duration proofMaxAge,
        BackupCodes backupCodes,
        boolean vaultEnabled,
        boolean vaultShowSecrets,
        Optional<String> pageLogo) {

    /** The keys that may be saved: TOTP Guard's, and the one that Keycloak adds to every required action. */
    private static final Set<String> KEYS = Stream.concat(
                    Stream.of(Constants.MAX_AUTH_AGE_KEY),
                    Arrays.stream(PolicyKey.values()).map(PolicyKey::key))
            .collect(Collectors.toUnmodifiableSet());

    private static final ParsedPolicies PARSED = new ParsedPolicies(GuardPolicy::parse);

    /** The shortest time between two warnings of wrong codes. */
    private static final Duration WARN_EVERY = Duration.ofHours(1);

    /**
     * How users get backup codes.
     *
     * @param onSetup whether backup codes are offered after the first device
     * @param count how many, 5 to 20
     * @param confirmedByCode whether the user confirms the codes by entering one of them, instead of with a checkbox
     */
    public record BackupCodes(boolean onSetup, int count, boolean confirmedByCode) {}

    /** Which of the user's names an authenticator app shows. */
    public enum AccountName {
        USERNAME,
        EMAIL
    }

    /**
     * The realm's policy; empty if TOTP Guard is off, which means that the required action is not registered or not
     * enabled.
     *
     * @throws InvalidPolicyException if TOTP Guard is on and a stored setting is invalid
     */
    public static Optional<GuardPolicy> of(RealmModel realm) {
        return isOn(realm) ? Optional.of(PARSED.of(realm.getId(), StoredPolicy.of(realm))) : Optional.empty();
    }

    /**
     * Like {@link #of}, for callers that need a policy.
     *
     * @throws InvalidPolicyException also if TOTP Guard is off
     */
    public static GuardPolicy require(RealmModel realm) {
        return of(realm)
                .orElseThrow(() -> new InvalidPolicyException(
                        "enabled", "Required action " + GuardNames.SETUP_ACTION + " is not registered or not enabled"));
    }

    /** Whether TOTP Guard is on. Does not read the settings. */
    public static boolean isOn(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(GuardNames.SETUP_ACTION);
        return action != null && action.isEnabled();
    }

    /** The settings in the order in which the admin console shows them. */
    public static List<ProviderConfigProperty> properties() {
        return Arrays.stream(PolicyKey.values()).map(PolicyKey::property).toList();
    }

    /**
     * Refuses an invalid configuration before it is stored. Unknown keys are refused too, because a misspelt key would
     * otherwise be ignored silently.
     *
     * @throws InvalidPolicyException naming the first invalid setting
     */
    public static void check(Map<String, String> configuration) {
        configuration.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw new InvalidPolicyException(
                            key,
                            "Required action " + GuardNames.SETUP_ACTION + ": there is no setting " + quoted(key)
                                    + ". Did you mean " + NearestName.among(KEYS, key) + "?");
                });
        for (PolicyKey key : PolicyKey.values()) {
            value(key, configuration);
        }
        lockout(configuration);
    }

    /** The key for a message, limited to the characters and the length of a plausible name. */
    private static String quoted(String key) {
        return "\"" + key.replaceAll("[^A-Za-z0-9._-]", "?").substring(0, Math.min(key.length(), 40)) + "\"";
    }

    static GuardPolicy parse(StoredPolicy stored) {
        Map<String, String> configuration = stored.configuration();
        boolean notifyUser = Boolean.parseBoolean(value(PolicyKey.NOTIFY_USER, configuration));
        return new GuardPolicy(
                text(PolicyKey.ISSUER, configuration),
                value(PolicyKey.ACCOUNT_NAME, configuration).equals("email") ? AccountName.EMAIL : AccountName.USERNAME,
                integer(PolicyKey.MAX_DEVICES, configuration),
                newDevices(stored),
                attemptRules(
                        stored,
                        drift(configuration),
                        lockout(configuration),
                        notifyUser ? Optional.of(WARN_EVERY) : Optional.empty()),
                integer(PolicyKey.FAILURES_PER_LOGIN, configuration),
                integer(PolicyKey.PASSWORD_RESET_AFTER_LOCKS, configuration),
                notifyUser,
                text(PolicyKey.HELP_CONTACT, configuration),
                integer(PolicyKey.GRACE_DAYS, configuration),
                integer(PolicyKey.TRUSTED_BROWSER_DAYS, configuration),
                integer(PolicyKey.TRUSTED_BROWSER_MAX_LEVEL, configuration),
                Duration.ofSeconds(integer(PolicyKey.PROOF_MAX_AGE, configuration)),
                new BackupCodes(
                        Boolean.parseBoolean(value(PolicyKey.BACKUP_CODES_ON_SETUP, configuration)),
                        integer(PolicyKey.BACKUP_CODE_COUNT, configuration),
                        value(PolicyKey.BACKUP_CODES_CONFIRM, configuration).equals("code")),
                Boolean.parseBoolean(value(PolicyKey.VAULT_ENABLED, configuration)),
                Boolean.parseBoolean(value(PolicyKey.VAULT_SHOW_SECRETS, configuration)),
                text(PolicyKey.PAGE_LOGO, configuration));
    }

    private static Drift drift(Map<String, String> configuration) {
        return new Drift(
                integer(PolicyKey.MAX_DRIFT_STEPS, configuration), integer(PolicyKey.RESYNC_STEPS, configuration));
    }

    private static Lockout lockout(Map<String, String> configuration) {
        int maxFailures = integer(PolicyKey.MAX_FAILURES, configuration);
        int firstLock = integer(PolicyKey.LOCK_SECONDS, configuration);
        int longestLock = integer(PolicyKey.MAX_LOCK_SECONDS, configuration);
        int hardLockFailures = integer(PolicyKey.HARD_LOCK_FAILURES, configuration);
        requireOrder(PolicyKey.LOCK_SECONDS, firstLock, PolicyKey.MAX_LOCK_SECONDS, longestLock);
        requireOrder(PolicyKey.MAX_FAILURES, maxFailures, PolicyKey.HARD_LOCK_FAILURES, hardLockFailures);
        return new Lockout(
                maxFailures, Duration.ofSeconds(firstLock), Duration.ofSeconds(longestLock), hardLockFailures);
    }

    private static void requireOrder(PolicyKey lower, int low, PolicyKey higher, int high) {
        if (high < low) {
            throw new InvalidPolicyException(
                    higher.key(),
                    "Required action " + GuardNames.SETUP_ACTION + ": " + higher.key() + " must not be less than "
                            + lower.key());
        }
    }

    /** A value that may be missing. */
    private static Optional<String> text(PolicyKey key, Map<String, String> configuration) {
        return Optional.of(value(key, configuration)).filter(value -> !value.isEmpty());
    }

    private static int integer(PolicyKey key, Map<String, String> configuration) {
        return Integer.parseInt(value(key, configuration));
    }

    private static String value(PolicyKey key, Map<String, String> configuration) {
        String value = key.effective(Optional.ofNullable(configuration.get(key.key())));
        if (!key.accepts(value)) {
            throw new InvalidPolicyException(
                    key.key(),
                    "Required action " + GuardNames.SETUP_ACTION + ": " + key.key() + " must be " + key.expected());
        }
        return value;
    }

    private static OtpParameters.Totp newDevices(StoredPolicy stored) {
        OtpAlgorithm algorithm = OtpAlgorithm.ofMacName(stored.algorithm())
                .orElseThrow(() -> new InvalidPolicyException(
                        "otpPolicyAlgorithm", "The realm's OTP policy has an unknown algorithm"));
        try {
            OtpParameters.Totp parameters = new OtpParameters.Totp(algorithm, stored.digits(), stored.period());
            parameters.requireFitForLogin();
            return parameters;
        } catch (IllegalArgumentException e) {
            throw new InvalidPolicyException(
                    "otpPolicy", "The realm's OTP policy cannot be followed: " + e.getMessage());
        }
    }

    private static AttemptRules attemptRules(
            StoredPolicy stored, Drift drift, Lockout lockout, Optional<Duration> warnEvery) {
        try {
            return new AttemptRules(stored.window(), drift, lockout, warnEvery);
        } catch (IllegalArgumentException e) {
            throw new InvalidPolicyException(
                    "otpPolicyLookAheadWindow", "The realm's OTP policy cannot be followed: " + e.getMessage());
        }
    }
}
