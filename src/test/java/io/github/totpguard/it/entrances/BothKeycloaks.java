package io.github.totpguard.it.entrances;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.DistributionKeycloak;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.util.ArrayList;
import java.util.List;

/**
 * Keycloak without our jar and the tests' Keycloak with it. Both contain the same realm, in which TOTP Guard is off.
 */
final class BothKeycloaks implements AutoCloseable {

    private final DistributionKeycloak keycloak;
    private final List<Realms> realms = new ArrayList<>();
    private final TestRealm stock;
    private final TestRealm ours;

    private BothKeycloaks(AdminApi admin) {
        keycloak = DistributionKeycloak.stock("stock");
        stock = realm(new AdminApi(keycloak.baseUrl()));
        ours = realm(admin);
    }

    /** Starts the Keycloak without our jar; the other one is already running. */
    static BothKeycloaks start(AdminApi ours) {
        return new BothKeycloaks(ours);
    }

    private TestRealm realm(AdminApi admin) {
        Realms made = new Realms(admin, new TestClock());
        realms.add(made);
        return UnguardedRealm.in(made);
    }

    /**
     * Runs the conversation with both servers in turn.
     *
     * @throws AssertionError with the first step whose answers differ, or if the script does not match Keycloak itself
     */
    void compare(Conversation conversation) {
        List<NormalAnswer> expected = answers(stock, conversation);
        List<NormalAnswer> actual = answers(ours, conversation);
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                throw new AssertionError(conversation + ", "
                        + expected.get(i).differenceTo("Keycloak", actual.get(i), "Keycloak with our jar"));
            }
        }
        if (expected.size() != actual.size()) {
            throw new AssertionError(
                    conversation + ": Keycloak answered " + expected.size() + " steps, with our jar " + actual.size());
        }
        expected.stream().filter(answer -> Visit.STUCK.equals(answer.step())).forEach(answer -> {
            throw new AssertionError(conversation + ": the script does not match Keycloak: " + answer.lines());
        });
    }

    private static List<NormalAnswer> answers(TestRealm realm, Conversation conversation) {
        Visit visit = new Visit(realm);
        try {
            conversation.script().accept(visit);
        } catch (AssertionError e) {
            // This step has no page to start from; the answers before it show why.
            visit.stuck(e);
        } finally {
            visit.end();
        }
        return visit.answers();
    }

    @Override
    public void close() {
        realms.forEach(Realms::close);
        keycloak.close();
    }
}
