package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import java.util.Collection;
import java.util.List;

/** What {@code totp-guard-prove.ftl} shows; public with getters because FreeMarker reads it. */
public final class ProvePageModel {
    private final FactorProof.For what;
    private final SecondFactor way;
    private final Collection<SecondFactor> ways;

    ProvePageModel(FactorProof.For what, SecondFactor way, Collection<SecondFactor> ways) {
        this.what = what;
        this.way = way;
        this.ways = ways;
    }

    /** The message that says why a proof is asked for. */
    public String getReason() {
        return "totpGuard.prove.for." + what.name();
    }

    /** The factor that the page asks for, by the name of its constant. */
    public String getWay() {
        return way.name();
    }

    /** Whether that is a key, which needs a press of a button first. */
    public boolean isKey() {
        return way.isKey();
    }

    /** The message that says what to do with a key. */
    public String getInstruction() {
        return "totpGuard.prove.by." + way.name();
    }

    /** The message of the button for a key. */
    public String getUse() {
        return new ProofWay(way).getUse();
    }

    /** The user's other factors. */
    public List<ProofWay> getOthers() {
        return ways.stream().filter(other -> other != way).map(ProofWay::new).toList();
    }
}
