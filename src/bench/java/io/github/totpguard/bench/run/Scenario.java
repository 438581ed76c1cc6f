package io.github.totpguard.bench.run;

import io.github.totpguard.harness.Realms;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A scenario: the requests of a visit, and the policy that it needs. */
enum Scenario {
    /** A right code after the password. */
    LOGIN("page", "password", "otp") {
        @Override
        List<VisitStep> steps(VisitSteps visit, boolean guarded) {
            return List.of(visit.page(), visit.password(), visit.otp());
        }
    },

    /** A wrong code, then a right code, so that the user does not get locked. The right code is not measured. */
    WRONG("page", "password", "wrong code") {
        @Override
        List<VisitStep> steps(VisitSteps visit, boolean guarded) {
            return List.of(visit.page(), visit.password(), visit.wrongCode(), visit.otp());
        }
    },

    /** A right code of a locked user, compared with one that Keycloak's form accepts, because it has no such lock. */
    LOCKED("page", "password", "otp") {
        @Override
        List<VisitStep> steps(VisitSteps visit, boolean guarded) {
            if (!guarded) {
                return LOGIN.steps(visit, false);
            }
            return List.of(
                    visit.page(),
                    visit.password(),
                    visit.isFirstVisit() ? visit.wrongCodeThatLocks() : visit.lockedOut());
        }

        @Override
        Map<String, String> policy() {
            return Map.of("maxFailures", "1", "lockSeconds", "86400", "maxLockSeconds", "86400");
        }
    },

    /** A login in a trusted browser, compared with a login with a code in Keycloak's form. */
    TRUSTED("page", "password", "otp") {
        @Override
        List<VisitStep> steps(VisitSteps visit, boolean guarded) {
            if (!guarded) {
                return LOGIN.steps(visit, false);
            }
            return visit.isFirstVisit()
                    ? List.of(visit.page(), visit.password(), visit.otpAndTrust())
                    : List.of(visit.page(), visit.passwordAlone());
        }

        @Override
        Map<String, String> policy() {
            return Map.of("trustedBrowserDays", "30");
        }
    },

    /** User name, password and code in one request from an application. */
    DIRECT_GRANT("grant") {
        @Override
        List<VisitStep> steps(VisitSteps visit, boolean guarded) {
            return List.of(visit.grant());
        }
    },

    /** The page with the QR code of an additional device, at the end of a login. */
    SETUP("page", "password", "otp", "set-up page") {
        @Override
        List<VisitStep> steps(VisitSteps visit, boolean guarded) {
            return List.of(
                    visit.page("&kc_action=" + (guarded ? Realms.SETUP_ACTION : "CONFIGURE_TOTP")),
                    visit.password(),
                    visit.otpBeforeAction(),
                    visit.setupPage(guarded));
        }
    };

    private final List<String> requests;

    Scenario(String... requests) {
        this.requests = List.of(requests);
    }

    /** Reads a scenario as it is written on the command line, such as {@code direct-grant}. */
    static Scenario of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The requests that are measured, in order. The last one is the subject of the scenario. */
    List<String> requests() {
        return requests;
    }

    /** @param guarded whether TOTP Guard is on in the realm */
    abstract List<VisitStep> steps(VisitSteps visit, boolean guarded);

    /** The differences from the default policy, for realms where TOTP Guard is on. */
    Map<String, String> policy() {
        return Map.of();
    }
}
