package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import java.util.Collection;
import java.util.List;

/** The template data of {@code totp-guard-prove.ftl}; public with getters because FreeMarker reads it. */
public final class ProvePageModel {
    private final FactorProof.For what;
    private final SecondFactor way;
    private final Collection<SecondFactor> ways;

    ProvePageModel(FactorProof.For what, SecondFactor way, Collection<SecondFactor> ways) {
        this.what = what;
        this.way = way;
        this.ways = ways;
    }

    /** The message key of the reason for the proof. */
    public String getReason() {
        return "totpGuard.prove.for." + what.name();
    }

    /** The name of the constant of the factor that the page asks for. */
    public String getWay() {
        return way.name();
    }

    /** Whether the factor is a key, so that the user has to press a button first. */
    public boolean isKey() {
        return way.isKey();
    }

    /** The message key of the instruction for a key. */
    public String getInstruction() {
        return "totpGuard.prove.by." + way.name();
    }

    /** The message key of the button for a key. */
    public String getUse() {
        return new ProofWay(way).getUse();
    }

    /** The user's other factors. */
    public List<ProofWay> getOthers() {
        return ways.stream().filter(other -> other != way).map(ProofWay::new).toList();
    }
}
