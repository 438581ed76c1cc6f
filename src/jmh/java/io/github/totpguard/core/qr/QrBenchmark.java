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
    /** What Keycloak's TotpUtils asks for. */
    private static final int KEYCLOAKS_WIDTH = 246;

    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String URI = "otpauth://totp/Acme:alice%40example.com?secret=" + SECRET + "&issuer=Acme";

    private final QrData data = new QrData.Builder()
            .label("alice@example.com")
            .issuer("Acme")
            .secret(SECRET)
            .build();
    private final ZxingPngQrGenerator samstevens = new ZxingPngQrGenerator();

    /** As our page has it. */
    @Benchmark
    public String oursSvg() {
        return QrCode.of(URI).toSvg("qr", "QR code");
    }

    /** As wide as Keycloak's. */
    @Benchmark
    public byte[] oursPng() {
        return QrCode.of(URI).toPng(6);
    }

    /** As Keycloak's page has it: a PNG in base64. */
    @Benchmark
    public String keycloak() throws WriterException, IOException {
        return QRCodeUtils.encodeAsQRString(URI, KEYCLOAKS_WIDTH, KEYCLOAKS_WIDTH);
    }

    @Benchmark
    public byte[] samstevens() throws QrGenerationException {
        return samstevens.generate(data);
    }
}
