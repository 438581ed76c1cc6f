package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import java.util.List;

/** A second factor that a page offers for a proof; public with getters because FreeMarker reads it. */
public final class ProofWay {
    /** The attribute of {@link #besideDevices}. */
    public static final String ON_LOCKED_PAGE = "totpGuardProofWays";

    private final SecondFactor factor;

    public ProofWay(SecondFactor factor) {
        this.factor = factor;
    }

    /**
     * The user's factors that may be open while one-time codes are locked: keys always, backup codes during a hard lock. The
     * locked page shows them, from the attribute {@value #ON_LOCKED_PAGE}.
     */
    public static List<ProofWay> besideDevices(UserFactors factors) {
        return factors.kinds().stream()
                .filter(factor -> factor != SecondFactor.DEVICE)
                .map(ProofWay::new)
                .toList();
    }

    /** The value that the form sends. */
    public String getWay() {
        return factor.name();
    }

    /** Whether the factor is a key. A lock of codes does not affect it. */
    public boolean isKey() {
        return factor.isKey();
    }

    /** The message key of the button. */
    public String getUse() {
        return "totpGuard.prove.use." + factor.name();
    }
}
