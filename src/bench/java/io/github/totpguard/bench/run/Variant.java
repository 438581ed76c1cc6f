package io.github.totpguard.bench.run;

import io.github.totpguard.harness.TestRealm;
import java.util.List;

/** A variant in the comparison: a realm, its users, and their scenario. */
record Variant(TestRealm realm, boolean guarded, Scenario scenario, Crowd crowd) {

    String name() {
        return realm.name();
    }

    List<VisitStep> steps(LoadBrowser browser, BenchUser user) {
        return scenario.steps(new VisitSteps(browser, user), guarded);
    }
}
