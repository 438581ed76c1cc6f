package io.github.totpguard.keycloak.policy;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.OTPPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

/**
 * All stored settings that a realm's policy is parsed from. Equal settings give equal policies.
 *
 * @param configuration the configuration of the required action
 * @param algorithm the algorithm of Keycloak's OTP policy; the other components come from that policy too
 */
record StoredPolicy(Map<String, String> configuration, String algorithm, int digits, int period, int window) {

    /** Reads the settings. The map is the realm's own and may change later: see {@link #copy()}. */
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

    /** An immutable copy of the settings. */
    StoredPolicy copy() {
        // Map.copyOf refuses null values, and a value may be null.
        return new StoredPolicy(
                Collections.unmodifiableMap(new HashMap<>(configuration)), algorithm, digits, period, window);
    }
}
