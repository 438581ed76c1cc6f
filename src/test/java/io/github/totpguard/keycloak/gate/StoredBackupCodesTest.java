package io.github.totpguard.keycloak.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.totpguard.core.backup.BackupCode;
import io.github.totpguard.core.state.AttemptRules;
import io.github.totpguard.core.state.BackupAttempt;
import io.github.totpguard.core.state.Decision;
import io.github.totpguard.core.state.Drift;
import io.github.totpguard.core.state.Lockout;
import io.github.totpguard.core.state.SecondFactorDecision;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.Verdict.Reason;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.sealing.BackupCodeHash;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;

class StoredBackupCodesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_680_000_000);
    private static final AttemptRules POLICY = new AttemptRules(
            1, new Drift(4, 20), new Lockout(5, Duration.ofMinutes(1), Duration.ofHours(1), 100), Optional.empty());

    private final CountingHash counting = new CountingHash();
    private final BackupCodeHash hash = BackupCodeHash.of(session(counting), realm());
    private final List<BackupCode> codes = BackupCode.generate(20, new SecureRandom());
    private SecondFactorState state = SecondFactorState.EMPTY;

    @Test
    @Tag("N11")
    @DisplayName(
            "one attempt computes exactly one hash, whether the code is right, wrong, spent or has an unknown number")
    void oneHash() {
        StoredBackupCodes all = stored(codes);
        assertThat(counting.hashes).isEqualTo(20);
        StoredBackupCodes some = stored(codes.subList(0, 10));
        String right = codes.get(3).text();
        assertThat(hashesOf(all, right, Reason.ACCEPTED)).isEqualTo(1);
        assertThat(hashesOf(all, right, Reason.REPLAYED)).isEqualTo(1);
        assertThat(hashesOf(all, changed(codes.get(7)), Reason.MISMATCH)).isEqualTo(1);
        assertThat(hashesOf(some, codes.get(15).text(), Reason.MISMATCH)).isEqualTo(1);
        assertThat(hashesOf(stored(List.of()), codes.get(15).text(), Reason.MISMATCH))
                .isEqualTo(1);
        assertThat(hashesOf(all, "no code", Reason.MALFORMED)).isZero();
    }

    @Test
    @Tag("N11")
    @DisplayName("no hash is computed during a timed lock, and only one if an attempt is decided twice")
    void noMoreHashes() {
        StoredBackupCodes all = stored(codes);
        BackupAttempt attempt = attempt(all, codes.get(0).text());
        counting.hashes = 0;
        assertThat(decide(attempt).verdict().accepted()).isTrue();
        assertThat(decide(attempt).verdict().accepted()).isTrue();
        assertThat(counting.hashes).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            hashesOf(all, changed(codes.get(1)), Reason.MISMATCH);
        }
        assertThat(hashesOf(all, codes.get(0).text(), Reason.LOCKED)).isZero();
    }

    @Test
    @Tag("S25")
    @DisplayName("the letters of one code are refused under another number")
    void otherNumber() {
        String moved = "02" + codes.get(0).text().substring(2);
        assertThat(hashesOf(stored(codes), moved, Reason.MISMATCH)).isEqualTo(1);
    }

    @Test
    @Tag("D1")
    @DisplayName("Keycloak's own classes read our credential, ask for its first number and accept no code")
    void readByKeycloak() {
        RecoveryAuthnCodesCredentialModel made = StoredBackupCodes.create(codes, hash, 0);
        RecoveryAuthnCodesCredentialModel read = RecoveryAuthnCodesCredentialModel.createFromCredentialModel(made);
        assertThat(read.allCodesUsed()).isFalse();
        assertThat(read.getNextRecoveryAuthnCode().orElseThrow().getNumber()).isEqualTo(1);
        for (BackupCode code : codes) {
            assertThat(RecoveryAuthnCodesUtils.verifyRecoveryCodeInput(
                            code.text(),
                            read.getNextRecoveryAuthnCode().orElseThrow().getEncodedHashedValue()))
                    .isFalse();
            assertThat(made.getSecretData()).doesNotContain(code.text());
        }
        read.removeRecoveryAuthnCode();
        assertThat(read.getCredentialData()).contains("\"remainingCodes\":19", "\"totalCodes\":20");
    }

    @Test
    @Tag("S13")
    @DisplayName("an unreadable set is not treated as empty, and a hash without its provider not as a mismatch")
    void unreadable() {
        for (String secretData : new String[] {"", "{}", "[]", "null", "{\"codes\":null}", "{\"codes\":{}}"}) {
            CredentialModel damaged = credential(codes);
            damaged.setSecretData(secretData);
            assertThatThrownBy(() -> StoredBackupCodes.read(damaged))
                    .isInstanceOf(VerificationUnavailableException.class);
        }
        for (String value : new String[] {"bm8ganNvbg==", "****", "e30=", "bnVsbA=="}) {
            CredentialModel damaged = credential(codes);
            damaged.setSecretData("{\"codes\":[{\"number\":1,\"encodedHashedValue\":\"" + value + "\"}]}");
            BackupAttempt attempt =
                    attempt(StoredBackupCodes.read(damaged), codes.get(0).text());
            assertThatThrownBy(() -> decide(attempt)).isInstanceOf(VerificationUnavailableException.class);
        }
        StoredBackupCodes good = stored(codes);
        BackupCodeHash without = BackupCodeHash.of(session(null), realm());
        BackupAttempt attempt = new BackupAttempt(good.guess(codes.get(0).text(), without), Set.of());
        assertThatThrownBy(() -> decide(attempt)).isInstanceOf(VerificationUnavailableException.class);
    }

    private int hashesOf(StoredBackupCodes stored, String input, Reason expected) {
        BackupAttempt attempt = attempt(stored, input);
        counting.hashes = 0;
        Decision decision = decide(attempt);
        state = decision.state();
        assertThat(decision.verdict().reason()).isEqualTo(expected);
        return counting.hashes;
    }

    private Decision decide(BackupAttempt attempt) {
        return SecondFactorDecision.decide(state, attempt, POLICY, NOW);
    }

    private BackupAttempt attempt(StoredBackupCodes stored, String input) {
        return new BackupAttempt(stored.guess(input, hash), Set.of(stored.credentialId()));
    }

    private StoredBackupCodes stored(List<BackupCode> some) {
        return StoredBackupCodes.read(credential(some));
    }

    private CredentialModel credential(List<BackupCode> some) {
        CredentialModel credential = StoredBackupCodes.create(some, hash, 0);
        credential.setId("codes");
        return credential;
    }

    /** The code with another last letter. */
    private static String changed(BackupCode code) {
        String text = code.text();
        return text.substring(0, text.length() - 1) + (text.endsWith("A") ? "B" : "A");
    }

    private static KeycloakSession session(PasswordHashProvider hash) {
        return (KeycloakSession) Proxy.newProxyInstance(
                StoredBackupCodesTest.class.getClassLoader(),
                new Class<?>[] {KeycloakSession.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getProvider") && arguments[0] == PasswordHashProvider.class) {
                        return hash;
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    private static RealmModel realm() {
        return (RealmModel) Proxy.newProxyInstance(
                StoredBackupCodesTest.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getPasswordPolicy")) {
                        return PasswordPolicy.empty();
                    }
                    throw new UnsupportedOperationException(method.toString());
                });
    }

    /** Not a real hash: it counts the computations. */
    private static final class CountingHash implements PasswordHashProvider {
        private int hashes;

        @Override
        public PasswordCredentialModel encodedCredential(String rawPassword, int iterations) {
            hashes++;
            return PasswordCredentialModel.createFromValues(
                    "counting", new byte[] {1, 2, 3, 4}, 1, Integer.toHexString(rawPassword.hashCode()));
        }

        @Override
        public boolean verify(String rawPassword, PasswordCredentialModel credential) {
            hashes++;
            return credential.getPasswordSecretData().getValue().equals(Integer.toHexString(rawPassword.hashCode()));
        }

        @Override
        public boolean policyCheck(PasswordPolicy policy, PasswordCredentialModel credential) {
            return true;
        }

        @Override
        public void close() {}
    }
}
