package io.github.totpguard.core.uri;

import com.warrenstrange.googleauth.GoogleAuthenticatorKey;
import com.warrenstrange.googleauth.GoogleAuthenticatorQRGenerator;
import dev.samstevens.totp.code.HashingAlgorithm;
import dev.samstevens.totp.qr.QrData;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import java.nio.charset.StandardCharsets;
import org.keycloak.models.OTPPolicy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writes the otpauth URI of a new device, and reads ours. */
@State(Scope.Benchmark)
public class UriBenchmark {
    private static final String ISSUER = "Acme, Inc.";
    private static final String ACCOUNT = "alice@example.com";
    private static final String KEYCLOAKS_SECRET = "12345678901234567890";

    private final OtpSecret secret = OtpSecret.ofBytes(KEYCLOAKS_SECRET.getBytes(StandardCharsets.US_ASCII));
    private final String base32 = secret.toBase32();
    private final String uri = ours();
    private final GoogleAuthenticatorKey googleKey = new GoogleAuthenticatorKey.Builder(base32).build();

    @Benchmark
    public String ours() {
        return OtpAuthUri.totp(ISSUER, ACCOUNT, secret, OtpParameters.Totp.DEFAULT)
                .print();
    }

    @Benchmark
    public OtpAuthUri oursRead() {
        return OtpAuthUri.parse(uri);
    }

    @Benchmark
    public String keycloak() {
        return OTPPolicy.DEFAULT_POLICY.getKeyURI(ISSUER, ACCOUNT, KEYCLOAKS_SECRET);
    }

    @Benchmark
    public String samstevens() {
        return new QrData.Builder()
                .label(ACCOUNT)
                .issuer(ISSUER)
                .secret(base32)
                .algorithm(HashingAlgorithm.SHA1)
                .digits(6)
                .period(30)
                .build()
                .getUri();
    }

    @Benchmark
    public String googleauth() {
        return GoogleAuthenticatorQRGenerator.getOtpAuthTotpURL(ISSUER, ACCOUNT, googleKey);
    }
}
