package io.github.totpguard.core.backup;

import java.util.Optional;

/** Reads backup codes as people type them, from paper or from memory. */
public final class BackupCodeInput {
    private static final int ONE_DIGIT = BackupCode.LETTERS + 1;
    private static final int TWO_DIGITS = BackupCode.LETTERS + 2;

    /** The format of Keycloak's recovery codes: twelve characters of {@code A-Z} without O, and of {@code 1-9}. */
    private static final String KEYCLOAK_FORMAT = "[A-NP-Z1-9]{12}";

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
     * Whether the input would be a code if it had a number. False if the input can also be a code that begins with its
     * number and lacks letters at its end.
     *
     * @param raw untrusted input; may be {@code null}
     */
    public static boolean lacksNumber(String raw) {
        return PlainLetters.of(raw)
                .map(BackupCodeInput::inAlphabet)
                .filter(letters -> letters.length() == BackupCode.LETTERS)
                .filter(letters -> letters.chars().allMatch(letter -> BackupCode.ALPHABET.indexOf(letter) >= 0))
                .filter(letters -> !isNumber(letters.substring(0, 2)))
                .isPresent();
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
        boolean possible =
                isNumber(number) && rest.chars().allMatch(letter -> BackupCode.ALPHABET.indexOf(letter) >= 0);
        return possible ? Optional.of(new BackupCode(Integer.parseInt(number), rest)) : Optional.empty();
    }
}
