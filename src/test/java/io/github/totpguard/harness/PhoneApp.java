package io.github.totpguard.harness;

import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A simulated authenticator app. It deliberately shares no code with the product, so that an error in the product is
 * not repeated here.
 */
public final class PhoneApp {

    private static final Pattern URI_ON_PAGE = Pattern.compile("id=\"totp-guard-uri\" href=\"([^\"]+)\"");
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final byte[] key;
    private final String algorithm;
    private final int digits;
    private final int periodSeconds;

    private PhoneApp(byte[] key, String algorithm, int digits, int periodSeconds) {
        this.key = key;
        this.algorithm = algorithm;
        this.digits = digits;
        this.periodSeconds = periodSeconds;
    }

    /** Follows the link of a set-up page, which opens the app on the same phone. */
    public static PhoneApp scan(HttpLogin login) {
        return scan(login.onPage(URI_ON_PAGE));
    }

    /** Reads an {@code otpauth://totp/} URI as apps do. Defaults are SHA-1, six digits and 30 seconds. */
    public static PhoneApp scan(String otpauthUri) {
        URI uri = URI.create(otpauthUri);
        if (!"otpauth".equals(uri.getScheme()) || !"totp".equals(uri.getHost())) {
            throw new IllegalArgumentException("not an otpauth://totp URI");
        }
        Map<String, String> parameters = parameters(uri);
        return new PhoneApp(
                decodeBase32(parameters.get("secret")),
                "Hmac" + parameters.getOrDefault("algorithm", "SHA1").toUpperCase(Locale.ROOT),
                Integer.parseInt(parameters.getOrDefault("digits", "6")),
                Integer.parseInt(parameters.getOrDefault("period", "30")));
    }

    /** A key typed by hand; spaces and lower case are accepted. */
    public static PhoneApp type(String base32) {
        return new PhoneApp(decodeBase32(base32), "HmacSHA1", 6, 30);
    }

    public String codeAt(Instant time) {
        return codeOfStep(Math.floorDiv(time.getEpochSecond(), (long) periodSeconds));
    }

    /** The current code of the server's time step. */
    public String code(TestClock clock) {
        return codeAt(clock.now());
    }

    /** The code of the step that is this many steps after (or, if negative, before) the current one. */
    public String code(TestClock clock, int steps) {
        return codeAt(clock.now().plusSeconds((long) steps * periodSeconds));
    }

    /** The code of a counter-based token (HOTP). */
    public String codeOfCounter(long counter) {
        return codeOfStep(counter);
    }

    /** The Base32 form of a key that Keycloak stores as text: apps use the bytes of the text. */
    public static String base32(String text) {
        BigInteger bits = new BigInteger(1, text.getBytes(StandardCharsets.UTF_8));
        StringBuilder letters = new StringBuilder();
        for (int shift = text.length() * 8 - 5; shift >= 0; shift -= 5) {
            letters.append(BASE32.charAt(bits.shiftRight(shift).intValue() & 31));
        }
        return letters.toString();
    }

    /** A well-formed code that is wrong now and for a hundred steps before and after. */
    public String wrongCode(TestClock clock) {
        return wrongCodes(clock, 1).get(0);
    }

    /** Several different wrong codes. */
    public List<String> wrongCodes(TestClock clock, int count) {
        Set<String> right = IntStream.rangeClosed(-100, 100)
                .mapToObj(steps -> code(clock, steps))
                .collect(Collectors.toSet());
        return IntStream.range(0, (int) Math.pow(10, digits))
                .mapToObj(this::format)
                .filter(code -> !right.contains(code))
                .limit(count)
                .toList();
    }

    private String codeOfStep(long step) {
        byte[] hash;
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        int place = hash[hash.length - 1] & 0xf;
        int number = ByteBuffer.wrap(hash, place, Integer.BYTES).getInt() & Integer.MAX_VALUE;
        return format((int) (number % (long) Math.pow(10, digits)));
    }

    private String format(int number) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }

    private static Map<String, String> parameters(URI uri) {
        return Arrays.stream(uri.getRawQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0].toLowerCase(Locale.ROOT),
                        parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8),
                        (first, second) -> {
                            throw new IllegalArgumentException("a parameter is present twice");
                        },
                        HashMap::new));
    }

    private static byte[] decodeBase32(String text) {
        String letters = text.replaceAll("[\\s=-]", "").toUpperCase(Locale.ROOT);
        ByteBuffer bytes = ByteBuffer.allocate(letters.length() * 5 / 8);
        int buffer = 0;
        int bits = 0;
        for (char letter : letters.toCharArray()) {
            int value = BASE32.indexOf(letter);
            if (value < 0) {
                throw new IllegalArgumentException("not Base32");
            }
            buffer = (buffer << 5 | value) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        return bytes.array();
    }

    @Override
    public String toString() {
        return "PhoneApp[" + algorithm + ", " + digits + " digits, " + periodSeconds + " s]";
    }
}
