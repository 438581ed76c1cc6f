package io.github.totpguard.bench.run;

import io.github.totpguard.harness.TestRealm;
import java.util.List;

/** One of those that are compared: a realm, its users, and what they come for. */
record Variant(TestRealm realm, boolean guarded, Scenario scenario, Crowd crowd) {

    String name() {
        return realm.name();
    }

    List<VisitStep> steps(LoadBrowser browser, BenchUser user) {
        return scenario.steps(new VisitSteps(browser, user), guarded);
    }
}
