package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.state.BackupAttempt.Guess;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of a user with up to three devices, compared with {@link NaiveModel} and with what must never
 * happen.
 */
class SecondFactorModelTest {
    private static final long START = 1_680_000_000;
    private static final Lockout LENIENT = new Lockout(100, Duration.ofMinutes(1), Duration.ofHours(1), 100);
    private static final Device PHONE = Devices.totp("phone");
    private static final Device TABLET = Devices.totp("tablet", 60);
    private static final Device TOKEN = Devices.hotp("token", 5);

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Tag("D3")
    @Tag("S1")
    @Tag("S4")
    @Tag("S5")
    @Tag("S6")
    @Tag("S7")
    @Tag("S8")
    @Tag("S24")
    @Tag("S30")
    @Tag("S35")
    @Tag("H4")
    @Tag("N4")
    @Tag("N10")
    @Tag("T4")
    @Tag("T6")
    @Tag("A1")
    @Label("random lives agree with a naive model, and nothing forbidden happens")
    void agreesWithModel(@ForAll("lives") Life life) {
        World world = new World(life);
        NaiveModel model = new NaiveModel(life.policy(), life.devices());
        Forbidden forbidden = new Forbidden(life.policy().lockout());
        for (Act act : life.acts()) {
            Optional<String> typed = world.typed(act);
            model.isNowUnder(world.policy);
            if (typed.isEmpty()) {
                continue;
            }
            NaiveModel.Answer expected = model.enter(typed.get(), world.now);
            Verdict verdict = world.enter(typed.get()).verdict();
            assertThat(verdict.reason()).as("%s", act).isEqualTo(expected.reason());
            assertThat(verdict.deviceId()).isEqualTo(expected.device());
            boolean hard = verdict.shut() && verdict.lockedUntil().isEmpty();
            if (!hard) {
                assertThat(verdict.lockedUntil().map(Instant::getEpochSecond)).isEqualTo(expected.lockedUntil());
            }
            forbidden.check(verdict, world.state, world.policy.drift(), NaiveModel.isBackupCode(typed.get()));
            assertThat(world.hashes).as("hashes of %s", act).isEqualTo(expectedHashes(typed.get(), verdict));
            Statistics.label("reasons").collect(verdict.reason());
        }
        Statistics.label("reasons").coverage(reasons -> Stream.of(Reason.values())
                .forEach(reason -> reasons.check(reason).count(count -> count > 0)));
    }

    /** One hash for each evaluated backup code, right or wrong; none during a timed lock (N11). */
    private static int expectedHashes(String typed, Verdict verdict) {
        return NaiveModel.isBackupCode(typed) && verdict.reason() != Reason.LOCKED ? 1 : 0;
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Tag("S14")
    @Label("at any instant exactly the codes of the model are accepted, and never more than devices x (2w + 1)")
    void acceptedSet(@ForAll("lives") Life life) {
        World world = new World(life);
        NaiveModel model = new NaiveModel(life.policy(), life.devices());
        for (Act act : life.acts()) {
            Optional<String> input = world.typed(act);
            model.isNowUnder(world.policy);
            input.ifPresent(typed -> {
                model.enter(typed, world.now);
                world.enter(typed);
            });
        }
        if (world.state.throttle().isHardLocked(life.policy().lockout())) {
            assertThat(world.acceptedCodes()).isEmpty();
            return;
        }
        world.state.throttle().lockedUntil().ifPresent(until -> {
            if (world.now < until.getEpochSecond()) {
                assertThat(world.acceptedCodes()).isEmpty();
                world.now = until.getEpochSecond();
            }
        });
        assertThat(world.acceptedCodes())
                .isEqualTo(model.openCodes(world.now))
                .hasSizeLessThanOrEqualTo(life.devices().size() * (2 * world.policy.window() + 1));
        Statistics.label("far").collect(model.remembersFarSteps());
        Statistics.label("far").coverage(far -> {
            far.check(true).count(count -> count > 0);
            far.check(false).count(count -> count > 0);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, AttemptRules.MAX_WINDOW})
    @org.junit.jupiter.api.Tag("S14")
    @DisplayName("without a remembered far code, the unspent steps [c-w, c+w] around the drifted centre are accepted")
    void exactWindow(int window) {
        long step = START / 30;
        for (int drift : new int[] {-4, 0, 3}) {
            AttemptRules policy = new AttemptRules(window, new Drift(4, 20), LENIENT, Optional.empty());
            long centre = step + drift;
            for (long spent : new long[] {centre - window - 1, centre - window, centre, centre + window}) {
                SecondFactorState state =
                        SecondFactorState.EMPTY.with("phone", new DeviceState(spent, Instant.EPOCH, drift));
                long margin = window + 30L;
                Set<String> accepted = accepted(state, PHONE, step - margin, step + margin, policy);
                assertThat(accepted)
                        .isEqualTo(LongStream.rangeClosed(Math.max(spent + 1, centre - window), centre + window)
                                .mapToObj(open -> Devices.code(PHONE, open))
                                .collect(Collectors.toSet()));
            }
        }
    }

    private static Set<String> accepted(
            SecondFactorState state, Device device, long first, long last, AttemptRules policy) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(step -> Devices.code(device, step))
                .filter(code -> decide(state, code, List.of(device), policy, START)
                        .verdict()
                        .accepted())
                .collect(Collectors.toSet());
    }

    private static Decision decide(
            SecondFactorState state, String code, List<Device> devices, AttemptRules policy, long now) {
        Set<String> ids = devices.stream().map(Device::id).collect(Collectors.toSet());
        Attempt attempt = new Attempt(OneTimeCode.parse(code), devices, ids);
        return SecondFactorDecision.decide(state, attempt, policy, Instant.ofEpochSecond(now));
    }

    @Provide
    Arbitrary<Life> lives() {
        Arbitrary<List<Device>> devices = Arbitraries.of(
                List.of(PHONE),
                List.of(TABLET),
                List.of(TOKEN),
                List.of(TOKEN, PHONE),
                List.of(PHONE, TABLET),
                List.of(PHONE, Devices.totp("second phone"), TOKEN),
                List.of(TABLET, TOKEN, PHONE));
        return Combinators.combine(
                        policies(), policies(), devices, acts().list().ofMaxSize(50))
                .as((first, other, present, acts) -> new Life(
                        first,
                        new AttemptRules(other.window(), other.drift(), first.lockout(), first.warnEvery()),
                        present,
                        acts));
    }

    private static Arbitrary<AttemptRules> policies() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(0, 2, 4),
                        Arbitraries.of(0, 3, 20),
                        Arbitraries.of(
                                LENIENT,
                                // Hard locks are rare in random histories, unless the limit is low.
                                new Lockout(2, Duration.ofSeconds(10), Duration.ofSeconds(20), 4),
                                new Lockout(3, Duration.ofSeconds(60), Duration.ofSeconds(200), 10),
                                new Lockout(5, Duration.ofSeconds(60), Duration.ofHours(1), 100)))
                .as((window, maxSteps, resyncSteps, lockout) -> new AttemptRules(
                        window, new Drift(maxSteps, resyncSteps), lockout, Optional.of(Duration.ofHours(1))));
    }

    private static Arbitrary<Act> acts() {
        Arbitrary<Act.Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Act.Kind.RIGHT),
                Tuple.of(5, Act.Kind.NEAR_OR_FAR),
                Tuple.of(6, Act.Kind.NEXT),
                Tuple.of(2, Act.Kind.AGAIN),
                Tuple.of(2, Act.Kind.SPENT),
                Tuple.of(2, Act.Kind.WRONG),
                Tuple.of(1, Act.Kind.NO_CODE),
                Tuple.of(1, Act.Kind.BACKUP_CODE),
                Tuple.of(2, Act.Kind.WRONG_BACKUP_CODE),
                Tuple.of(2, Act.Kind.CLOCK_MOVES),
                Tuple.of(1, Act.Kind.POLICY_CHANGES));
        Arbitrary<Integer> pauses = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(0)),
                Tuple.of(5, Arbitraries.integers().between(1, 60)),
                Tuple.of(2, Arbitraries.integers().between(61, 600)),
                Tuple.of(1, Arbitraries.integers().between(3600, 40_000)));
        Arbitrary<Integer> amounts = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(-4, 4)),
                Tuple.of(1, Arbitraries.integers().between(-60, 60)));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 2), amounts, pauses)
                .as(Act::new);
    }

    /**
     * @param policy the policy at the beginning
     * @param other the policy that an administrator switches to, and back from
     */
    record Life(AttemptRules policy, AttemptRules other, List<Device> devices, List<Act> acts) {}

    /** One act, after a pause. Without a pause, it happens at the same time as the act before. */
    record Act(Kind kind, int device, int amount, int pauseSeconds) {
        enum Kind {
            /** The code that the device shows, by its own clock. */
            RIGHT,
            /** The code of a step at some distance from the server's. */
            NEAR_OR_FAR,
            /** The code of the step after the one that was entered last. */
            NEXT,
            /** The code that was entered last. */
            AGAIN,
            /** A code that was already accepted. */
            SPENT,
            WRONG,
            NO_CODE,
            /** One of four codes, spent or not. */
            BACKUP_CODE,
            WRONG_BACKUP_CODE,
            /** Nothing is entered: a clock goes wrong, or a token's button is pressed. */
            CLOCK_MOVES,
            POLICY_CHANGES
        }
    }

    /** The server's time, the devices, and the state after the real decisions. */
    private static final class World {
        private AttemptRules policy;
        private AttemptRules other;
        private final List<Device> devices;
        private final Map<String, Long> clocks = new HashMap<>();
        private final List<String> spent = new ArrayList<>();
        private SecondFactorState state = SecondFactorState.EMPTY;
        private int hashes;
        private long now = START;
        private Device lastDevice;
        private long lastStep = 1;
        private String last = "000000";

        World(Life life) {
            policy = life.policy();
            other = life.other();
            devices = life.devices();
            lastDevice = devices.get(0);
            devices.forEach(device -> clocks.put(device.id(), device.initialCounter()));
        }

        /** The input of an act, if there is one. */
        Optional<String> typed(Act act) {
            now += act.pauseSeconds();
            Device device = devices.get(act.device() % devices.size());
            switch (act.kind()) {
                case RIGHT -> type(device, shown(device));
                case NEAR_OR_FAR -> type(device, Math.max(0, expected(device) + act.amount()));
                case NEXT -> type(lastDevice, lastStep + 1);
                case AGAIN -> {}
                case SPENT -> last = spent.isEmpty() ? last : spent.get(Math.abs(act.amount()) % spent.size());
                case WRONG ->
                    last = Integer.toString(1_500_000 + 7919 * act.amount()).substring(1);
                case NO_CODE -> last = "12345";
                case BACKUP_CODE -> last = NaiveModel.backupCode(1 + Math.abs(act.amount()) % 4, true);
                case WRONG_BACKUP_CODE -> last = NaiveModel.backupCode(1 + Math.abs(act.amount()) % 6, false);
                case CLOCK_MOVES -> {
                    boolean token = device.parameters() instanceof OtpParameters.Hotp;
                    clocks.merge(device.id(), token ? Math.abs(act.amount()) : act.amount() * 10L, Long::sum);
                    return Optional.empty();
                }
                case POLICY_CHANGES -> {
                    AttemptRules before = policy;
                    policy = other;
                    other = before;
                    return Optional.empty();
                }
            }
            return Optional.of(last);
        }

        private void type(Device device, long step) {
            lastDevice = device;
            lastStep = step;
            last = NaiveModel.code(device, step);
        }

        private long shown(Device device) {
            return device.parameters() instanceof OtpParameters.Totp totp
                    ? (now + clocks.get(device.id())) / totp.periodSeconds()
                    : clocks.merge(device.id(), 1L, Long::sum) - 1;
        }

        private long expected(Device device) {
            return device.parameters() instanceof OtpParameters.Totp totp
                    ? now / totp.periodSeconds()
                    : clocks.get(device.id());
        }

        Decision enter(String typed) {
            hashes = 0;
            Decision decision = NaiveModel.isBackupCode(typed)
                    ? SecondFactorDecision.decide(state, backup(typed), policy, Instant.ofEpochSecond(now))
                    : decide(state, typed, devices, policy, now);
            state = decision.state();
            if (decision.verdict().accepted()) {
                spent.add(typed);
            }
            return decision;
        }

        private BackupAttempt backup(String typed) {
            Guess guess = new Guess(NaiveModel.BACKUP_CODES, List.of(NaiveModel.number(typed)), number -> {
                hashes++;
                return NaiveModel.isRight(typed);
            });
            return new BackupAttempt(Optional.of(guess), Set.of(NaiveModel.BACKUP_CODES));
        }

        /** Tries the code of every step that could be accepted, and of many that must not be. */
        Set<String> acceptedCodes() {
            int margin =
                    2 * Math.max(policy.drift().resyncSteps(), other.drift().resyncSteps())
                            + Math.max(policy.drift().maxSteps(), other.drift().maxSteps())
                            + Math.max(policy.window(), other.window())
                            + 2;
            Set<String> accepted = new HashSet<>();
            for (Device device : devices) {
                long middle = device.parameters() instanceof OtpParameters.Totp totp
                        ? now / totp.periodSeconds()
                        : state.device(device.id())
                                .map(DeviceState::lastAcceptedStep)
                                .orElse(device.initialCounter());
                for (long step = Math.max(0, middle - margin); step <= middle + margin; step++) {
                    String code = NaiveModel.code(device, step);
                    if (decide(state, code, devices, policy, now).verdict().accepted()) {
                        accepted.add(code);
                    }
                }
            }
            return accepted;
        }
    }

    /** What must never happen, whatever the model says. */
    private static final class Forbidden {
        private final Lockout lockout;
        private final Map<String, Long> newest = new HashMap<>();
        private Set<Integer> spent = Set.of();
        private int evaluatedSinceLock;
        private int failuresInRow;

        Forbidden(Lockout lockout) {
            this.lockout = lockout;
        }

        void check(Verdict verdict, SecondFactorState state, Drift drift, boolean backup) {
            Set<Integer> nowSpent = state.spent(NaiveModel.BACKUP_CODES)
                    .map(SpentCodes::numbers)
                    .orElse(Set.of());
            assertThat(nowSpent).containsAll(spent).hasSize(spent.size() + (backup && verdict.accepted() ? 1 : 0));
            spent = nowSpent;
            if (verdict.accepted() && backup) {
                failuresInRow = 0;
                evaluatedSinceLock = 0;
            } else if (verdict.accepted()) {
                String id = verdict.deviceId().orElseThrow();
                long step = state.device(id).orElseThrow().lastAcceptedStep();
                assertThat(step).as("newer than all before").isGreaterThan(newest.getOrDefault(id, -1L));
                newest.put(id, step);
                assertThat(Math.abs(state.device(id).orElseThrow().drift())).isLessThanOrEqualTo(drift.maxSteps());
                failuresInRow = 0;
                evaluatedSinceLock = 0;
            }
            if (verdict.reason() == Reason.MISMATCH || verdict.reason() == Reason.REPLAYED) {
                assertThat(++evaluatedSinceLock).isLessThanOrEqualTo(lockout.maxFailures());
                failuresInRow++;
                if (!backup) {
                    assertThat(failuresInRow).isLessThanOrEqualTo(lockout.hardLockFailures());
                }
                evaluatedSinceLock = verdict.shut() ? 0 : evaluatedSinceLock;
            }
            newest.forEach(
                    (id, step) -> assertThat(state.device(id).orElseThrow().lastAcceptedStep())
                            .isEqualTo(step));
        }
    }
}
