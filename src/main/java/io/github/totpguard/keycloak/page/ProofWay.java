package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.session.SecondFactor;

/** A factor by which a user may prove that it is them, as pages offer it; public with getters because FreeMarker reads it. */
public final class ProofWay {
    private final SecondFactor factor;

    public ProofWay(SecondFactor factor) {
        this.factor = factor;
    }

    /** What the form sends. */
    public String getWay() {
        return factor.name();
    }

    /** The message of the button. */
    public String getUse() {
        return "totpGuard.prove.use." + factor.name();
    }
}
