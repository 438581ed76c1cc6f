package io.github.totpguard.bench.run;

import java.util.Map;
import java.util.TreeMap;

/** A user of a realm, as the load knows them. Only one client has them at a time. */
final class BenchUser {

    /** Of all users. */
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

    /** Of a trusted browser, by name. */
    Map<String, String> keptCookies() {
        return keptCookies;
    }

    int visits() {
        return visits;
    }

    boolean hasFreshCode() {
        return lastStep < BenchPhone.presentStep();
    }

    /** A new code is good from the next step on; the one given may have been of the step before this one. */
    void visited() {
        visits++;
        lastStep = BenchPhone.presentStep();
    }
}
