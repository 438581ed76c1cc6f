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
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import io.github.totpguard.keycloak.gate.store.ConditionalAcceptance;
import io.github.totpguard.keycloak.gate.store.RequestConnection;
import io.github.totpguard.keycloak.gate.store.StateRow;
import io.github.totpguard.keycloak.gate.store.StateTransaction;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import io.github.totpguard.keycloak.sealing.BackupCodeHash;
import io.github.totpguard.keycloak.sealing.OtpCredentialSealer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The one door to verification. What comes back is decided and committed; if it cannot be, nothing is accepted and
 * {@link VerificationUnavailableException} says why.
 */
public final class SecondFactorGate {
    private static final Logger LOG = Logger.getLogger(SecondFactorGate.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    private SecondFactorGate(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** The door of a user. */
    public static SecondFactorGate of(KeycloakSession session, RealmModel realm, UserModel user) {
        return new SecondFactorGate(session, realm, user);
    }

    /**
     * Tries an input against all the user's devices. An accepted device whose secret was plaintext is sealed.
     *
     * @param input as it was entered
     * @param channel where
     * @throws VerificationUnavailableException if nothing can be verified now
     */
    public AttemptOutcome attempt(String input, Channel channel) {
        return told(channel, () -> {
            GuardPolicy policy = policy();
            OtpCredentialSealer sealer = OtpCredentialSealer.of(session, realm, user);
            StoredDevices devices = StoredDevices.read(user, sealer);
            devices.unreadable().forEach(this::warn);
            if (devices.readable().isEmpty() && !devices.unreadable().isEmpty()) {
                throw new VerificationUnavailableException(
                        Cause.SECRETS, "No OTP secret of user " + user.getId() + " can be opened");
            }
            Attempt attempt = new Attempt(OneTimeCode.parse(input), devices.readable(), devices.ids());
            Decision decision =
                    acceptedAtOnce(attempt, policy, channel).orElseGet(() -> decide(attempt, policy, channel));
            decision.verdict()
                    .deviceId()
                    .filter(id -> decision.verdict().accepted())
                    .filter(devices::changesWithUse)
                    .ifPresent(id -> new AcceptedDevice(user, sealer)
                            .update(
                                    devices.credential(id),
                                    decision.state().device(id).orElseThrow()));
            return outcome(decision, policy, devices);
        });
    }

    /**
     * Tries an input against the user's backup codes. An accepted one is spent and taken off their list.
     *
     * @param input as it was entered
     * @param channel where
     * @throws VerificationUnavailableException if nothing can be verified now
     */
    public AttemptOutcome attemptBackupCode(String input, Channel channel) {
        return told(channel, () -> {
            GuardPolicy policy = policy();
            Optional<StoredBackupCodes> codes = StoredBackupCodes.of(user);
            BackupAttempt attempt = new BackupAttempt(
                    codes.flatMap(set -> set.guess(input, BackupCodeHash.of(session, realm))),
                    codes.stream().map(StoredBackupCodes::credentialId).collect(Collectors.toSet()));
            Decision decision = decide(channel, (row, now) -> {
                Decision made = SecondFactorDecision.decide(row.state(), attempt, policy.attemptRules(), now);
                row.store(made.state());
                return made;
            });
            OptionalInt left = decision.verdict().accepted()
                    ? OptionalInt.of(codes.orElseThrow().spend(decision.state(), user))
                    : OptionalInt.empty();
            return outcome(decision, policy, Optional.empty(), left, List.of());
        });
    }

    /**
     * Tries an input against a device that is not stored yet, and spends the code: it will not open anything again.
     *
     * @param pending with the id that its credential will have
     * @throws VerificationUnavailableException if nothing can be verified now
     */
    public AttemptOutcome enrol(Device pending, String input) {
        return told(Channel.SETUP, () -> {
            GuardPolicy policy = policy();
            StoredDevices devices = StoredDevices.read(user, OtpCredentialSealer.of(session, realm, user));
            Attempt attempt = new Attempt(OneTimeCode.parse(input), List.of(pending), devices.ids());
            return outcome(decide(attempt, policy, Channel.SETUP), policy, devices);
        });
    }

    /** What is remembered of the user's attempts; for administrators. */
    public SecondFactorState state() {
        return loggingWhyNot(() -> transaction().peek());
    }

    /** Opens every lock and forgets the failures that led to it; what was accepted stays spent. */
    public void unlock() {
        loggingWhyNot(() -> transaction().run(row -> {
            row.store(row.state().unlocked());
            return row;
        }));
    }

    /**
     * Most codes are right ones of users against whom nothing is held, and need no lock. Codes that this does not accept, whatever
     * the reason, are decided under it.
     */
    private Optional<Decision> acceptedAtOnce(Attempt attempt, GuardPolicy policy, Channel channel) {
        if (!NearMatch.isPossibleFor(attempt)) {
            return Optional.empty();
        }
        if (channel.hasOnlyRead()) {
            RequestConnection.giveBack(session);
        }
        return ConditionalAcceptance.of(session, realm, user.getId()).flatMap(acceptance -> {
            Instant now = now();
            Optional<NearMatch> match = NearMatch.find(attempt, policy.attemptRules(), now);
            return acceptance.accepts(match, now) ? match.map(NearMatch::decision) : Optional.empty();
        });
    }

    private Decision decide(Attempt attempt, GuardPolicy policy, Channel channel) {
        return decide(channel, (row, now) -> {
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
        });
    }

    private Decision decide(Channel channel, BiFunction<StateRow, Instant, Decision> rules) {
        StateTransaction transaction = StateTransaction.ofAttempt(session, realm, user.getId());
        Function<StateRow, Decision> work = row -> {
            // Read under the lock: an attempt that waited is judged by the time at which it is judged.
            Instant now = now();
            requireClock(row.state(), now);
            return rules.apply(row, now);
        };
        return channel.hasOnlyRead() ? transaction.runAfterReading(work) : transaction.run(work);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    private StateTransaction transaction() {
        return new StateTransaction(session, realm.getId(), user.getId());
    }

    /** With a clock that was set back every code would look used, and be counted against the user. */
    private void requireClock(SecondFactorState state, Instant now) {
        state.lastUsed()
                .filter(used -> used.isAfter(now.plus(StateTransaction.CLOCK_TOLERANCE)))
                .ifPresent(used -> {
                    throw new VerificationUnavailableException(
                            Cause.CLOCK,
                            "User " + user.getId() + " last came in at " + used + ", and now it is " + now
                                    + ": set this server's clock. If it is right now and was wrong then, delete the user's row"
                                    + " in TOTP_GUARD_STATE");
                });
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
            new ForcedPasswordChange(session, realm, user).impose();
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

    /** What follows from an attempt, in every channel alike. */
    private AttemptOutcome told(Channel channel, Supplier<AttemptOutcome> verification) {
        try {
            AttemptOutcome outcome = loggingWhyNot(verification);
            if (outcome.accepted()) {
                SecondFactorProof.record(session);
            }
            session.getKeycloakSessionFactory().publish(new AttemptDecided(session, realm, user, channel, outcome));
            return outcome;
        } catch (VerificationUnavailableException e) {
            session.getKeycloakSessionFactory().publish(new AttemptImpossible(realm, channel, e.reason()));
            throw e;
        }
    }

    private GuardPolicy policy() {
        try {
            return GuardPolicy.of(realm)
                    .orElseThrow(() -> new VerificationUnavailableException(
                            Cause.POLICY,
                            "TOTP Guard is not switched on in realm " + realm.getName() + ": register and enable the"
                                    + " required action " + GuardNames.SETUP_ACTION));
        } catch (InvalidPolicyException e) {
            throw new VerificationUnavailableException(
                    Cause.POLICY, "Realm " + realm.getName() + ": " + e.getMessage(), e);
        }
    }

    private void warn(UnreadableDevice device) {
        LOG.warnf(
                "OTP credential %s of user %s in realm %s cannot be used (%s): restore the key it was sealed with,"
                        + " or remove the credential and let the user enrol again",
                device.credentialId(), user.getId(), realm.getName(), device.reason());
    }

    private static <T> T loggingWhyNot(Supplier<T> verification) {
        try {
            return verification.get();
        } catch (VerificationUnavailableException e) {
            LOG.errorf(e.getCause(), "No verification (%s): %s", e.reason(), e.getMessage());
            throw e;
        }
    }
}
