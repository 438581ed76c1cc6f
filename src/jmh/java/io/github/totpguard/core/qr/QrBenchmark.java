package io.github.totpguard.core.qr;

import com.google.zxing.WriterException;
import dev.samstevens.totp.exceptions.QrGenerationException;
import dev.samstevens.totp.qr.QrData;
import dev.samstevens.totp.qr.ZxingPngQrGenerator;
import java.io.IOException;
import org.keycloak.utils.QRCodeUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The QR code of a set-up page. */
@State(Scope.Benchmark)
public class QrBenchmark {
    /** The width that Keycloak's TotpUtils uses. */
    private static final int KEYCLOAKS_WIDTH = 246;

    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String URI = "otpauth://totp/Acme:alice%40example.com?secret=" + SECRET + "&issuer=Acme";

    private final QrData data = new QrData.Builder()
            .label("alice@example.com")
            .issuer("Acme")
            .secret(SECRET)
            .build();
    private final ZxingPngQrGenerator samstevens = new ZxingPngQrGenerator();

    /** As on our page. */
    @Benchmark
    public String oursSvg() {
        return QrCode.of(URI).toSvg("qr", "QR code");
    }

    /** As wide as Keycloak's picture. */
    @Benchmark
    public byte[] oursPng() {
        return QrCode.of(URI).toPng(6);
    }

    /** As on Keycloak's page: a PNG in Base64. */
    @Benchmark
    public String keycloak() throws WriterException, IOException {
        return QRCodeUtils.encodeAsQRString(URI, KEYCLOAKS_WIDTH, KEYCLOAKS_WIDTH);
    }

    @Benchmark
    public byte[] samstevens() throws QrGenerationException {
        return samstevens.generate(data);
    }
}
