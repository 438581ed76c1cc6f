package io.github.totpguard.core.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One of a user's backup codes: its number and 75 random bits (NIST SP 800-63B-4 section 4.2.1.1 asks for 64), as 15
 * letters and digits of Crockford's alphabet, which has no I, L, O and U.
 *
 * <p>Comparison takes the same time wherever two codes differ. Of the texts that this class makes, only {@link #text()}
 * contains any part of the code.
 */
public final class BackupCode {
    /** The maximum number of codes that a user has at a time. The number of a code has two digits. */
    public static final int MAX_CODES = 20;

    static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    static final int LETTERS = 15;

    private static final int GROUP = 5;
    private static final int BITS_OF_LETTER = 31;

    private final int number;
    private final String letters;

    BackupCode(int number, String letters) {
        if (number < 1 || number > MAX_CODES) {
            throw new IllegalArgumentException("number must be 1 to " + MAX_CODES + ", was " + number);
        }
        if (letters.length() != LETTERS || !letters.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0)) {
            throw new IllegalArgumentException("not " + LETTERS + " letters of the alphabet");
        }
        this.number = number;
        this.letters = letters;
    }

    /**
     * New codes, numbered from 1.
     *
     * @param count 1 to {@value #MAX_CODES}
     * @param random an approved random bit generator (NIST SP 800-63B-4 section 3.1.2.1)
     */
    public static List<BackupCode> generate(int count, SecureRandom random) {
        if (count < 1 || count > MAX_CODES) {
            throw new IllegalArgumentException("count must be 1 to " + MAX_CODES + ", was " + count);
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new BackupCode(number, letters(random)))
                .toList();
    }

    private static String letters(SecureRandom random) {
        byte[] bytes = new byte[LETTERS];
        random.nextBytes(bytes);
        StringBuilder letters = new StringBuilder(LETTERS);
        for (byte bits : bytes) {
            // The alphabet has 32 letters, so five of the eight bits choose one. All letters are equally likely.
            letters.append(ALPHABET.charAt(bits & BITS_OF_LETTER));
        }
        return letters.toString();
    }

    /** From 1 to {@value #MAX_CODES}; not secret. */
    public int number() {
        return number;
    }

    /** The code as it is displayed and as it is hashed: {@code 07-ABCDE-FGHJK-MNPQR}. */
    public String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%02d", number));
        for (int start = 0; start < LETTERS; start += GROUP) {
            text.append('-').append(letters, start, start + GROUP);
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BackupCode code
                && number == code.number
                && MessageDigest.isEqual(
                        letters.getBytes(StandardCharsets.US_ASCII), code.letters.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return "BackupCode[" + number + "]";
    }
}
