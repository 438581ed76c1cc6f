package io.github.totpguard.keycloak.policy;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.OTPPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

/**
 * All that a realm's policy is parsed from. Equal values make equal policies.
 *
 * @param configuration of the required action
 * @param algorithm of Keycloak's OTP policy, as are the rest
 */
record StoredPolicy(Map<String, String> configuration, String algorithm, int digits, int period, int window) {

    /** With the realm's own map, which may change later: see {@link #copy()}. */
    static StoredPolicy of(RealmModel realm) {
        // Null until the configuration is saved for the first time.
        RequiredActionConfigModel saved = realm.getRequiredActionConfigByAlias(GuardNames.SETUP_ACTION);
        OTPPolicy codes = realm.getOTPPolicy();
        return new StoredPolicy(
                saved == null || saved.getConfig() == null ? Map.of() : saved.getConfig(),
                codes.getAlgorithm(),
                codes.getDigits(),
                codes.getPeriod(),
                codes.getLookAheadWindow());
    }

    /** The same values, which stay as they are. */
    StoredPolicy copy() {
        // Not Map.copyOf: a value may be null.
        return new StoredPolicy(
                Collections.unmodifiableMap(new HashMap<>(configuration)), algorithm, digits, period, window);
    }
}
