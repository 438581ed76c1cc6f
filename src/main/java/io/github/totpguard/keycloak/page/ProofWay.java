package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.session.SecondFactor;

/** A second factor that a page offers for a proof; public with getters because FreeMarker reads it. */
public final class ProofWay {
    private final SecondFactor factor;

    public ProofWay(SecondFactor factor) {
        this.factor = factor;
    }

    /** The value that the form sends. */
    public String getWay() {
        return factor.name();
    }

    /** The message key of the button. */
    public String getUse() {
        return "totpGuard.prove.use." + factor.name();
    }
}
