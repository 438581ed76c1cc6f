package io.github.totpguard.it;

import io.github.totpguard.bench.BenchUser;
import io.github.totpguard.bench.CountedStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the three requests of one login ask of the database and the caches, at a server that does nothing else. */
final class StepCost {

    private static final int LOGINS = 3;
    private static final String OTP = "otp";
    private static final Duration NEXT_STEP = Duration.ofSeconds(90);

    private final BenchSide side;
    private final StatementLog log;
    private final CacheLog caches;
    private final List<CountedStep> counted = new ArrayList<>();
    private final List<String> listing = new ArrayList<>();

    private StepCost(BenchSide side, StatementLog log) {
        this.side = side;
        this.log = log;
        this.caches = side.cacheLog();
    }

    /**
     * Logs some users in, one after the other, in a time step in which they have not logged in.
     *
     * @param file gets what was asked in these logins
     */
    static List<CountedStep> count(BenchSide side, StatementLog log, Path file) {
        StepCost cost = new StepCost(side, log);
        cost.fillCaches();
        cost.logInAll(OTP, () -> {});
        cost.logInAll(CountedStep.OTP_OF_FORGOTTEN_USER, () -> {
            AdminApi admin = side.realm().admin();
            admin.post(side.realm().path("/clear-user-cache"), Map.of());
        });
        try {
            Files.write(file, cost.listing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cost.counted;
    }

    private void fillCaches() {
        awaitNextStep();
        for (int i = 0; i < LOGINS; i++) {
            BenchUser user = new BenchUser(i);
            HttpLogin login = HttpLogin.open(OidcLogin.to(side.realm()));
            login.postPassword(user.name(), user.name());
            requireLoggedIn(login.postOtp(user.code(BenchUser.presentStep())));
        }
    }

    private static void awaitNextStep() {
        long step = BenchUser.presentStep();
        Await.until("a step in which nobody has given a code", NEXT_STEP, () -> BenchUser.presentStep() > step);
    }

    private static void requireLoggedIn(HttpLogin.Outcome outcome) {
        if (outcome != HttpLogin.Outcome.LOGGED_IN) {
            throw new AssertionError("not logged in but " + outcome);
        }
    }

    private void logInAll(String otpRequest, Runnable beforeIt) {
        awaitNextStep();
        for (int i = 0; i < LOGINS; i++) {
            logIn(new BenchUser(i), otpRequest, beforeIt);
        }
    }

    private void logIn(BenchUser user, String otpRequest, Runnable beforeIt) {
        HttpLogin[] login = new HttpLogin[1];
        request("page", () -> login[0] = HttpLogin.open(OidcLogin.to(side.realm())));
        request("password", () -> login[0].postPassword(user.name(), user.name()));
        beforeIt.run();
        request(otpRequest, () -> login[0].postOtp(user.code(BenchUser.presentStep())));
        requireLoggedIn(login[0].outcome());
    }

    private void request(String name, Runnable request) {
        caches.operations();
        List<StatementLog.Statement> statements = log.during(side.database(), request);
        List<String> operations = caches.operations();
        listing.add("== " + name);
        statements.forEach(one -> listing.add(one.time() + " [" + one.connection() + "] " + one.sql()));
        operations.forEach(one -> listing.add("cache " + one));
        counted.add(new CountedStep(
                side.name(),
                name,
                statements.stream().filter(StatementLog.Statement::isQuery).count(),
                statements.stream().filter(StatementLog.Statement::isCommit).count(),
                operations.size()));
    }
}
