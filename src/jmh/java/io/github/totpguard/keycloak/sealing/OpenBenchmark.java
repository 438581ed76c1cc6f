package io.github.totpguard.keycloak.sealing;

import io.github.totpguard.keycloak.sealing.SealingKeys.SealingKey;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.common.crypto.CryptoIntegration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Seals and opens the secret of one device. Keycloak itself stores it in plaintext, but has classes for JWE. */
@State(Scope.Benchmark)
public class OpenBenchmark {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final SealingContext context = new SealingContext(
            "5d5a4c0e-2f0b-4f64-8c5b-2d1b7d0f7a10",
            "a1d3ff52-78f5-4bc5-91c5-5a1fd4a3d9a7",
            "e2c2c1a4-90c5-4f5b-8f9f-4a5a6b7c8d9e",
            SealingPurpose.OTP_CREDENTIAL);
    private final SecretSealer sealer = new SecretSealer(new OneKey());
    private String sealed;

    @Setup
    public void prepare() {
        CryptoIntegration.init(OpenBenchmark.class.getClassLoader());
        sealed = sealer.seal(SECRET, context);
    }

    @Benchmark
    public String ours() throws UnsealingException {
        return sealer.open(sealed, context);
    }

    @Benchmark
    public String byKeycloaksJwe() throws UnsealingException {
        return SealedContent.read(sealer.openAnyForm(sealed)).secret();
    }

    @Benchmark
    public String seal() {
        return sealer.seal(SECRET, context);
    }

    private static final class OneKey implements SealingKeys {
        private final SealingKey key =
                new SealingKey("8f2b7f52-6a0e-4c1f-9d0b-1f2e3d4c5b6a", new SecretKeySpec(new byte[32], "AES"));

        @Override
        public SealingKey active() {
            return key;
        }

        @Override
        public Optional<SecretKey> find(String kid) {
            return Optional.of(kid).filter(key.kid()::equals).map(same -> key.key());
        }
    }
}
