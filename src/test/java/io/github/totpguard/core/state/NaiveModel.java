package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.state.Verdict.Reason;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the right answers anew each time from the complete history. It stores only attempts and their answers, no
 * derived state, writes out all steps as a set, and generates codes of six digits itself.
 */
final class NaiveModel {
    private static final Map<String, String> CODES = new ConcurrentHashMap<>();

    static final String BACKUP_CODES = "backup codes";

    private AttemptRules policy;
    private final List<Device> devices;
    private final List<Answer> history = new ArrayList<>();

    NaiveModel(AttemptRules policy, List<Device> devices) {
        this.policy = policy;
        this.devices = devices;
    }

    /** Applies another policy from now on, with the same lockout. */
    void isNowUnder(AttemptRules changed) {
        policy = changed;
    }

    /**
     * @param under the policy at that time
     * @param device the device of the code, if the code was or is accepted
     * @param step the step of the code, -1 if there is none
     * @param far by device, the steps outside the window that have the code
     * @param lockedUntil the end of the lock that refused the attempt or began with it, in seconds; empty if there is
     *     none
     */
    record Answer(
            AttemptRules under,
            long now,
            Reason reason,
            Optional<String> device,
            long step,
            Map<String, Long> far,
            Optional<Long> lockedUntil) {
        boolean accepted() {
            return reason == Reason.ACCEPTED || reason == Reason.RESYNCHRONISED;
        }

        boolean failed() {
            return reason == Reason.MISMATCH || reason == Reason.REPLAYED;
        }
    }

    Answer enter(String typed, long now) {
        Answer answer = answer(typed, now);
        history.add(answer);
        return answer;
    }

    /** The codes that would be accepted now. */
    Set<String> openCodes(long now) {
        return devices.stream()
                .flatMap(device -> open(device, now).stream().map(step -> code(device, step)))
                .collect(Collectors.toSet());
    }

    boolean remembersFarSteps() {
        return devices.stream().anyMatch(device -> farStepBefore(device).isPresent());
    }

    static String backupCode(int number, boolean right) {
        return "backup " + number + (right ? " right" : " wrong");
    }

    static boolean isBackupCode(String typed) {
        return typed.startsWith("backup");
    }

    static int number(String typed) {
        return Integer.parseInt(typed.split(" ")[1]);
    }

    static boolean isRight(String typed) {
        return typed.endsWith("right");
    }

    private Answer backup(String typed, long now) {
        Optional<Long> lock = lastLock().filter(until -> now < until);
        if (lock.isPresent()) {
            return plain(now, Reason.LOCKED, lock);
        }
        Optional<String> codes = Optional.of(BACKUP_CODES);
        boolean spent = history.stream()
                .anyMatch(
                        answer -> answer.accepted() && answer.device().equals(codes) && answer.step() == number(typed));
        Reason reason = spent ? Reason.REPLAYED : isRight(typed) ? Reason.ACCEPTED : Reason.MISMATCH;
        Answer answer = new Answer(
                policy,
                now,
                reason,
                reason == Reason.MISMATCH ? Optional.empty() : codes,
                number(typed),
                Map.of(),
                Optional.empty());
        return answer.failed() ? withLock(answer) : answer;
    }

    private Answer answer(String typed, long now) {
        if (isBackupCode(typed)) {
            return backup(typed, now);
        }
        if (failuresInRow() >= policy.lockout().hardLockFailures()) {
            return plain(now, Reason.HARD_LOCKED, Optional.empty());
        }
        Optional<Long> lock = lastLock().filter(until -> now < until);
        if (lock.isPresent()) {
            return plain(now, Reason.LOCKED, lock);
        }
        if (!typed.matches("[0-9]{6}")) {
            return plain(now, Reason.MALFORMED, Optional.empty());
        }
        for (Device device : devices) {
            Optional<Long> step = highest(device, typed, known(device, now));
            if (step.isPresent() && open(device, now).contains(step.get())) {
                return new Answer(
                        policy, now, Reason.ACCEPTED, Optional.of(device.id()), step.get(), Map.of(), Optional.empty());
            }
            Optional<Long> second = second(device, now);
            if (second.isPresent() && code(device, second.get()).equals(typed)) {
                return new Answer(
                        policy,
                        now,
                        Reason.RESYNCHRONISED,
                        Optional.of(device.id()),
                        second.get(),
                        Map.of(),
                        Optional.empty());
            }
        }
        Optional<String> replayed = Optional.empty();
        Map<String, Long> far = new HashMap<>();
        for (Device device : devices) {
            Optional<Long> step = highest(device, typed, known(device, now));
            if (step.isPresent()) {
                if (replayed.isEmpty() && step.get() <= newest(device)) {
                    replayed = Optional.of(device.id());
                }
            } else if (policy.drift().resyncSteps() > 0) {
                highest(device, typed, reach(device, now))
                        .filter(found -> found > newest(device))
                        .ifPresent(found -> far.put(device.id(), found));
            }
        }
        Answer failure = new Answer(
                policy,
                now,
                replayed.isPresent() ? Reason.REPLAYED : Reason.MISMATCH,
                replayed,
                -1,
                far,
                Optional.empty());
        return withLock(failure);
    }

    private Answer withLock(Answer failure) {
        history.add(failure);
        Optional<Long> lock = lastLock().filter(until -> failure.now() < until);
        history.remove(history.size() - 1);
        return new Answer(
                failure.under(),
                failure.now(),
                failure.reason(),
                failure.device(),
                failure.step(),
                failure.far(),
                lock);
    }

    private Answer plain(long now, Reason reason, Optional<Long> lockedUntil) {
        return new Answer(policy, now, reason, Optional.empty(), -1, Map.of(), lockedUntil);
    }

    private int failuresInRow() {
        int failures = 0;
        for (Answer answer : history) {
            failures = answer.accepted() ? 0 : answer.failed() ? failures + 1 : failures;
        }
        return failures;
    }

    /** The end of the newest lock since the last success. */
    private Optional<Long> lastLock() {
        Lockout rules = policy.lockout();
        Optional<Long> until = Optional.empty();
        int failures = 0;
        long seconds = rules.firstLock().toSeconds();
        for (Answer answer : history) {
            if (answer.accepted()) {
                failures = 0;
                until = Optional.empty();
                seconds = rules.firstLock().toSeconds();
            } else if (answer.failed() && ++failures % rules.maxFailures() == 0) {
                long longest = rules.longestLock().toSeconds();
                until = Optional.of(
                        answer.now() + (failures > rules.hardLockFailures() ? longest : Math.min(seconds, longest)));
                seconds *= 2;
            }
        }
        return until;
    }

    private List<Answer> acceptances(Device device) {
        return history.stream()
                .filter(answer -> answer.accepted() && answer.device().equals(Optional.of(device.id())))
                .toList();
    }

    /** The newest step that is spent. */
    private long newest(Device device) {
        return acceptances(device).stream().mapToLong(Answer::step).max().orElse(device.initialCounter() - 1);
    }

    private Set<Long> window(Device device, long now) {
        Set<Long> steps = new TreeSet<>();
        if (device.parameters() instanceof OtpParameters.Totp totp) {
            long drift = 0;
            for (Answer answer : acceptances(device)) {
                drift = clipped(answer.step() - answer.now() / totp.periodSeconds(), answer.under());
            }
            drift = clipped(drift, policy);
            for (int i = -policy.window(); i <= policy.window(); i++) {
                steps.add(now / totp.periodSeconds() + drift + i);
            }
        } else {
            for (int i = 0; i <= policy.window(); i++) {
                steps.add(newest(device) + 1 + i);
            }
        }
        return steps;
    }

    private static long clipped(long drift, AttemptRules policy) {
        int most = policy.drift().maxSteps();
        return drift > most ? most : drift < -most ? -most : drift;
    }

    /** The window, and the steps outside it that are distinguished from a wrong code. */
    private Set<Long> known(Device device, long now) {
        Set<Long> steps = new TreeSet<>(window(device, now));
        if (device.parameters() instanceof OtpParameters.Hotp) {
            steps.add(newest(device));
        }
        return steps;
    }

    private Set<Long> reach(Device device, long now) {
        int most = policy.drift().resyncSteps();
        Set<Long> steps = new TreeSet<>();
        for (int i = -most; i <= most; i++) {
            if (device.parameters() instanceof OtpParameters.Totp totp) {
                steps.add(now / totp.periodSeconds() + i);
            } else if (i >= 0) {
                steps.add(newest(device) + 1 + i);
            }
        }
        return steps;
    }

    private Optional<Long> farStepBefore(Device device) {
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).accepted() || history.get(i).failed()) {
                return Optional.ofNullable(history.get(i).far().get(device.id()));
            }
        }
        return Optional.empty();
    }

    /** The step after a far one, if it is accepted only for that reason. */
    private Optional<Long> second(Device device, long now) {
        return farStepBefore(device)
                .map(far -> far + 1)
                .filter(step -> reach(device, now).contains(step))
                .filter(step -> !window(device, now).contains(step))
                .filter(step -> step > newest(device));
    }

    private Set<Long> open(Device device, long now) {
        TreeSet<Long> steps = new TreeSet<>(window(device, now));
        second(device, now).ifPresent(second -> {
            steps.remove(steps.last());
            steps.add(second);
        });
        steps.removeIf(step -> step < 0 || step <= newest(device));
        return steps;
    }

    private static Optional<Long> highest(Device device, String typed, Set<Long> steps) {
        return steps.stream()
                .filter(step -> step >= 0 && code(device, step).equals(typed))
                .max(Long::compare);
    }

    static String code(Device device, long step) {
        return CODES.computeIfAbsent(
                device.id() + " " + step, key -> code(device.secret().toBytes(), step));
    }

    private static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[19] & 15;
            long number = 0;
            for (int i = 0; i < 4; i++) {
                number = number * 256 + (hash[offset + i] & 255);
            }
            return Long.toString(1_000_000 + number % (1L << 31) % 1_000_000).substring(1);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
