package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.state.Attempt;
import io.github.totpguard.core.state.BackupAttempt;
import io.github.totpguard.core.state.Decision;
import io.github.totpguard.core.state.Device;
import io.github.totpguard.core.state.LostAcceptances;
import io.github.totpguard.core.state.NearMatch;
import io.github.totpguard.core.state.SecondFactorDecision;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.AttemptOutcome.UnreadableDevice;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import io.github.totpguard.keycloak.gate.store.ConditionalAcceptance;
import io.github.totpguard.keycloak.gate.store.RequestConnection;
import io.github.totpguard.keycloak.gate.store.UserStateStore;
import io.github.totpguard.keycloak.gate.store.UserStateStore.LockedState;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import io.github.totpguard.keycloak.sealing.BackupCodeHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The only entry point for verification. A returned result is decided and committed. If the decision or the commit
 * fails, no code is accepted, and {@link VerificationUnavailableException} gives the reason.
 */
public final class SecondFactorGate {
    private static final String CONSEQUENCE = "No verification";

    private final GuardedUser user;

    SecondFactorGate(GuardedUser user) {
        this.user = user;
    }

    /**
     * Checks an input against all devices of the user. If the accepted device has a plaintext secret, the secret is
     * sealed.
     *
     * @param input as the user entered it
     * @param channel where the attempt came from
     * @throws VerificationUnavailableException if codes cannot be verified now
     */
    public AttemptOutcome attempt(String input, Channel channel) {
        try {
            GuardPolicy policy = policy();
            StoredDevices devices = user.devices();
            devices.requireReadable();
            Attempt attempt = new Attempt(OneTimeCode.parse(input), devices.readable(), devices.ids());
            Decision decision = decide(attempt, policy, channel);
            devices.update(decision);
            return publishDecided(channel, outcome(decision, policy, devices));
        } catch (VerificationUnavailableException e) {
            throw publishUnavailable(channel, e);
        }
    }

    /**
     * Checks an input against a device that is not stored yet. An accepted code is spent and cannot be used again.
     *
     * @param pending the device, with the id that its credential will have
     * @throws VerificationUnavailableException if codes cannot be verified now
     */
    public AttemptOutcome enrol(Device pending, String input) {
        try {
            GuardPolicy policy = policy();
            StoredDevices devices = user.devices();
            Attempt attempt = new Attempt(OneTimeCode.parse(input), List.of(pending), devices.ids());
            Decision decision = decide(attempt, policy, Channel.SETUP);
            return publishDecided(Channel.SETUP, outcome(decision, policy, devices));
        } catch (VerificationUnavailableException e) {
            throw publishUnavailable(Channel.SETUP, e);
        }
    }

    /**
     * Checks an input against the user's backup codes. An accepted code is spent and removed from the user's list.
     *
     * @param input as the user entered it
     * @param channel where the attempt came from
     * @throws VerificationUnavailableException if codes cannot be verified now
     */
    public AttemptOutcome attemptBackupCode(String input, Channel channel) {
        try {
            GuardPolicy policy = policy();
            Optional<StoredBackupCodes> codes = StoredBackupCodes.of(user.user());
            BackupAttempt attempt = new BackupAttempt(
                    codes.flatMap(set -> set.guess(input, BackupCodeHash.of(user.session(), user.realm()))),
                    codes.map(StoredBackupCodes::credentialId).map(Set::of).orElse(Set.of()));
            Decision decision = underLock(channel, row -> {
                Instant now = row.now(row.state().lastUsed());
                Decision made = SecondFactorDecision.decide(row.state(), attempt, policy.attemptRules(), now);
                row.store(made.state());
                return made;
            });
            OptionalInt left = decision.verdict().accepted()
                    ? OptionalInt.of(codes.orElseThrow().spend(decision.state(), user.user()))
                    : OptionalInt.empty();
            return publishDecided(channel, outcome(decision, policy, Optional.empty(), left, List.of()));
        } catch (VerificationUnavailableException e) {
            throw publishUnavailable(channel, e);
        }
    }

    /** The state of the user's attempts, to be shown. */
    public SecondFactorState state() {
        return user.store(CONSEQUENCE).peek();
    }

    /** Removes every lock and the failures that led to it. Accepted codes stay spent. */
    public void unlock() {
        user.store(CONSEQUENCE).run(row -> {
            row.store(row.state().unlocked());
            return row;
        });
    }

    private GuardPolicy policy() {
        try {
            return user.policy()
                    .orElseThrow(() -> new VerificationUnavailableException(
                            Cause.POLICY,
                            "TOTP Guard is not switched on in realm "
                                    + user.realm().getName() + ": register and enable the required action "
                                    + GuardNames.SETUP_ACTION));
        } catch (InvalidPolicyException e) {
            throw new VerificationUnavailableException(
                    Cause.POLICY, "Realm " + user.realm().getName() + ": " + e.getMessage(), e);
        }
    }

    private Decision decide(Attempt attempt, GuardPolicy policy, Channel channel) {
        return acceptWithoutLock(attempt, policy, channel)
                .orElseGet(() -> underLock(channel, row -> decideLocked(attempt, policy, row)));
    }

    /**
     * Most codes are right and come from users without failures or locks. They are accepted without taking the row
     * lock. All other codes, whatever the reason, are decided under the lock.
     */
    private Optional<Decision> acceptWithoutLock(Attempt attempt, GuardPolicy policy, Channel channel) {
        if (!NearMatch.isPossibleFor(attempt)) {
            return Optional.empty();
        }
        if (channel.hasOnlyRead()) {
            RequestConnection.giveBack(user.session());
        }
        return ConditionalAcceptance.of(user.session(), user.realm(), user.id()).flatMap(acceptance -> {
            Instant now = ServerTime.now();
            Optional<NearMatch> match = NearMatch.find(attempt, policy.attemptRules(), now);
            return acceptance.accepts(match, now) ? match.map(NearMatch::decision) : Optional.empty();
        });
    }

    private static Decision decideLocked(Attempt attempt, GuardPolicy policy, LockedState row) {
        Instant now = row.now(row.state().lastUsed());
        Optional<Instant> lostUntil = row.lostUntil(now);
        SecondFactorState known = lostUntil
                .map(until -> LostAcceptances.spend(row.state(), attempt.devices(), policy.attemptRules(), until))
                .orElse(row.state());
        Decision decision = SecondFactorDecision.decide(known, attempt, policy.attemptRules(), now);
        if (lostUntil.isPresent() && attempt.hasAllOf(known)) {
            row.storeWhole(decision.state());
        } else {
            row.store(decision.state());
        }
        return decision;
    }

    private Decision underLock(Channel channel, Function<LockedState, Decision> rules) {
        UserStateStore store = UserStateStore.ofAttempt(user.session(), user.realm(), user.id(), CONSEQUENCE);
        return channel.hasOnlyRead() ? store.runAfterReading(rules) : store.run(rules);
    }

    private AttemptOutcome outcome(Decision decision, GuardPolicy policy, StoredDevices devices) {
        return outcome(
                decision,
                policy,
                decision.verdict().deviceId().flatMap(devices::label),
                OptionalInt.empty(),
                devices.unreadable());
    }

    private AttemptOutcome outcome(
            Decision decision,
            GuardPolicy policy,
            Optional<String> label,
            OptionalInt backupCodesLeft,
            List<UnreadableDevice> unreadable) {
        boolean passwordChange = ForcedPasswordChange.isDue(decision, policy);
        if (passwordChange) {
            new ForcedPasswordChange(user).impose();
        }
        return new AttemptOutcome(
                decision.verdict(),
                label,
                decision.notice(),
                decision.state().throttle(),
                passwordChange,
                backupCodesLeft,
                unreadable);
    }

    /** Informs the login and the listeners for events, metrics and mails, in the same way for every channel. */
    private AttemptOutcome publishDecided(Channel channel, AttemptOutcome outcome) {
        if (outcome.accepted()) {
            SecondFactorProof.record(user.session());
        }
        user.session().getKeycloakSessionFactory().publish(new AttemptDecided(user, channel, outcome));
        return outcome;
    }

    private VerificationUnavailableException publishUnavailable(Channel channel, VerificationUnavailableException e) {
        e.logged(CONSEQUENCE);
        user.session().getKeycloakSessionFactory().publish(new AttemptImpossible(user.realm(), channel, e.reason()));
        return e;
    }
}
