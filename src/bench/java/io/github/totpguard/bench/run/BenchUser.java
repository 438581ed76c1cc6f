package io.github.totpguard.bench.run;

import java.util.Map;
import java.util.TreeMap;

/** A user of a realm, from the point of view of the load. Only one client uses it at a time. */
final class BenchUser {

    /** The password of all users. */
    static final String PASSWORD = "bench";

    private final String name;
    private final Map<String, String> keptCookies = new TreeMap<>();
    private int visits;
    private long lastStep = -1;

    BenchUser(int number) {
        this.name = name(number);
    }

    static String name(int number) {
        return "user" + number;
    }

    String name() {
        return name;
    }

    /** The cookies of a trusted browser, by name. */
    Map<String, String> keptCookies() {
        return keptCookies;
    }

    int visits() {
        return visits;
    }

    boolean hasFreshCode() {
        return lastStep < BenchPhone.presentStep();
    }

    /**
     * Records a visit. A new code is accepted from the next step on, because the code of this visit may have been that
     * of the previous step.
     */
    void visited() {
        visits++;
        lastStep = BenchPhone.presentStep();
    }
}
