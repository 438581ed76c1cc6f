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
 * A pretend authenticator app. It shares no code with the product on purpose: an error made there is not made here.
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

    /** Reads an {@code otpauth://totp/} URI as apps do: what is not said is SHA-1, six digits, 30 seconds. */
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

    /** A key typed in by hand; spaces and small letters are fine. */
    public static PhoneApp type(String base32) {
        return new PhoneApp(decodeBase32(base32), "HmacSHA1", 6, 30);
    }

    public String codeAt(Instant time) {
        return codeOfStep(Math.floorDiv(time.getEpochSecond(), (long) periodSeconds));
    }

    /** The code that the server expects now. */
    public String code(TestClock clock) {
        return codeAt(clock.now());
    }

    /** The code some steps after (or, negative, before) the present one. */
    public String code(TestClock clock, int steps) {
        return codeAt(clock.now().plusSeconds((long) steps * periodSeconds));
    }

    /** The code of a token that counts instead of telling the time. */
    public String codeOfCounter(long counter) {
        return codeOfStep(counter);
    }

    /** Keys that Keycloak stores as text: apps get the text's bytes. */
    public static String base32(String text) {
        BigInteger bits = new BigInteger(1, text.getBytes(StandardCharsets.UTF_8));
        StringBuilder letters = new StringBuilder();
        for (int shift = text.length() * 8 - 5; shift >= 0; shift -= 5) {
            letters.append(BASE32.charAt(bits.shiftRight(shift).intValue() & 31));
        }
        return letters.toString();
    }

    /** A well-formed code that is wrong now and for a hundred steps around. */
    public String wrongCode(TestClock clock) {
        return wrongCodes(clock, 1).get(0);
    }

    /** Different ones. */
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
                            throw new IllegalArgumentException("a parameter occurs twice");
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
