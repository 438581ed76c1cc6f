package io.github.totpguard.core.backup;

import java.util.Optional;

/** Reads backup codes as people type them, from paper or from memory. */
public final class BackupCodeInput {
    private static final int ONE_DIGIT = BackupCode.LETTERS + 1;
    private static final int TWO_DIGITS = BackupCode.LETTERS + 2;

    /** Why an input cannot be one of TOTP Guard's codes, for the message that says what to correct. */
    public enum Flaw {
        /** The input is empty. */
        MISSING,
        /** Everything is there but the number in front. */
        NUMBER_MISSING,
        /** Six to eight digits: a code of an authenticator app. */
        CODE_OF_APP,
        /** Letters or digits are missing. */
        TOO_SHORT,
        /** There are too many letters or digits, or the input is more than this one code. */
        TOO_LONG,
        /** The length is right, but there is a character that no code has, or a number that no list has. */
        WRONG_CHARACTER
    }

    /** The format of Keycloak's recovery codes: twelve characters of {@code A-Z} without O, and of {@code 1-9}. */
    private static final String KEYCLOAK_FORMAT = "[A-NP-Z1-9]{12}";

    private static final String APP_CODE = "[0-9]{6,8}";

    private BackupCodeInput() {}

    /**
     * Reads a code from a user's input: its number, with or without a leading zero, and its letters. Case, spaces and
     * dashes of every kind do not matter. O is read as 0, and I and L as 1, because the alphabet contains none of them.
     *
     * <p>Never throws. The work is bounded for inputs of every size.
     *
     * @param raw untrusted input; {@code null}, a form's missing field, gives an empty result
     */
    public static Optional<BackupCode> parse(String raw) {
        return PlainLetters.of(raw).map(BackupCodeInput::inAlphabet).flatMap(BackupCodeInput::numbered);
    }

    /**
     * Why the input is not a code. It depends on the input alone. {@link Flaw#NUMBER_MISSING} only if the input cannot also
     * be a code that begins with its number and lacks letters at its end.
     *
     * @param raw untrusted input; may be {@code null}
     * @return empty if {@link #parse} reads a code
     */
    public static Optional<Flaw> flaw(String raw) {
        if (parse(raw).isPresent()) {
            return Optional.empty();
        }
        if (raw == null) {
            return Optional.of(Flaw.MISSING);
        }
        if (raw.length() > PlainLetters.MAX_RAW) {
            return Optional.of(Flaw.TOO_LONG);
        }
        return Optional.of(PlainLetters.of(raw)
                .map(letters -> flawOf(letters, inAlphabet(letters)))
                .orElse(Flaw.WRONG_CHARACTER));
    }

    /**
     * Whether the input looks like a backup code of either kind, so that it was probably meant for another field. An input
     * without a letter does not.
     *
     * @param raw untrusted input; may be {@code null}
     */
    public static boolean looksLikeOne(String raw) {
        return PlainLetters.of(raw)
                .filter(letters -> letters.chars().anyMatch(letter -> letter >= 'A'))
                .filter(letters -> parse(letters).isPresent()
                        || parseOfKeycloak(letters).isPresent()
                        || flaw(letters).equals(Optional.of(Flaw.NUMBER_MISSING)))
                .isPresent();
    }

    private static Flaw flawOf(String entered, String letters) {
        if (letters.isEmpty()) {
            return Flaw.MISSING;
        }
        if (entered.matches(APP_CODE)) {
            return Flaw.CODE_OF_APP;
        }
        if (letters.length() == BackupCode.LETTERS && hasAlphabet(letters) && !isNumber(letters.substring(0, 2))) {
            return Flaw.NUMBER_MISSING;
        }
        if (letters.length() < ONE_DIGIT || letters.length() == ONE_DIGIT && isNumber(letters.substring(0, 2))) {
            return Flaw.TOO_SHORT;
        }
        return letters.length() > TWO_DIGITS ? Flaw.TOO_LONG : Flaw.WRONG_CHARACTER;
    }

    private static boolean hasAlphabet(String letters) {
        return letters.chars().allMatch(letter -> BackupCode.ALPHABET.indexOf(letter) >= 0);
    }

    /** Reads a code that Keycloak has generated, which has no number. Returns its letters as they were hashed. */
    public static Optional<String> parseOfKeycloak(String raw) {
        return PlainLetters.of(raw).filter(letters -> letters.matches(KEYCLOAK_FORMAT));
    }

    private static String inAlphabet(String letters) {
        return letters.replace('O', '0').replace('I', '1').replace('L', '1');
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]+") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= BackupCode.MAX_CODES;
    }

    private static Optional<BackupCode> numbered(String letters) {
        if (letters.length() != ONE_DIGIT && letters.length() != TWO_DIGITS) {
            return Optional.empty();
        }
        int digits = letters.length() - BackupCode.LETTERS;
        String number = letters.substring(0, digits);
        String rest = letters.substring(digits);
        boolean possible = isNumber(number) && hasAlphabet(rest);
        return possible ? Optional.of(new BackupCode(Integer.parseInt(number), rest)) : Optional.empty();
    }
}
