package io.github.totpguard.core.backup;

import dev.samstevens.totp.recovery.RecoveryCodeGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.crypto.hash.Argon2Parameters;
import org.keycloak.crypto.hash.Argon2PasswordHashProvider;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Generates backup codes, reads an entered one, and compares one with the stored hash: ours with the realm's password
 * hash, which is expensive on purpose, Keycloak's with one SHA-512.
 */
@State(Scope.Benchmark)
public class BackupCodeBenchmark {
    private static final int COUNT = 10;

    private final SecureRandom random = new SecureRandom();
    private final RecoveryCodeGenerator samstevens = new RecoveryCodeGenerator();
    private final String entered =
            BackupCode.generate(COUNT, random).get(0).text().toLowerCase(Locale.ROOT);
    private final Argon2PasswordHashProvider argon2 = new Argon2PasswordHashProvider(
            Argon2Parameters.DEFAULT_VERSION,
            Argon2Parameters.DEFAULT_TYPE,
            Argon2Parameters.DEFAULT_HASH_LENGTH,
            Argon2Parameters.DEFAULT_MEMORY,
            Argon2Parameters.DEFAULT_ITERATIONS,
            Argon2Parameters.DEFAULT_PARALLELISM,
            new Semaphore(1));
    private PasswordCredentialModel hash;
    private String keycloaks;
    private String keycloaksHash;

    @Setup
    public void prepare() {
        CryptoIntegration.init(BackupCodeBenchmark.class.getClassLoader());
        hash = argon2.encodedCredential(entered, Argon2Parameters.DEFAULT_ITERATIONS);
        keycloaks = RecoveryAuthnCodesUtils.generateRawCodes().get(0);
        keycloaksHash = Base64.getEncoder().encodeToString(RecoveryAuthnCodesUtils.hashRawCode(keycloaks));
    }

    @Benchmark
    public List<String> generateOurs() {
        return BackupCode.generate(COUNT, random).stream().map(BackupCode::text).toList();
    }

    /** Twelve codes. */
    @Benchmark
    public List<String> generateKeycloak() {
        return RecoveryAuthnCodesUtils.generateRawCodes();
    }

    @Benchmark
    public String[] generateSamstevens() {
        return samstevens.generateCodes(COUNT);
    }

    @Benchmark
    public Optional<BackupCode> readOurs() {
        return BackupCodeInput.parse(entered);
    }

    /** With Keycloak's default, argon2id: the cost of each guess for an attacker. */
    @Benchmark
    public boolean compareOurs() {
        return argon2.verify(entered, hash);
    }

    @Benchmark
    public boolean compareKeycloak() {
        return RecoveryAuthnCodesUtils.verifyRecoveryCodeInput(keycloaks, keycloaksHash);
    }
}
