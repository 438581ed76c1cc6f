package io.github.totpguard.core.backup;

import java.util.Optional;

/** Backup codes as people type them, from paper and by heart of what a code looks like. */
public final class BackupCodeInput {
    private static final int ONE_DIGIT = BackupCode.LETTERS + 1;
    private static final int TWO_DIGITS = BackupCode.LETTERS + 2;

    /** Keycloak's own: twelve of {@code A-Z} without O, and of {@code 1-9}. */
    private static final String KEYCLOAKS = "[A-NP-Z1-9]{12}";

    private BackupCodeInput() {}

    /**
     * The code in a user's input, if there is one: its number, with or without a leading zero, and its letters. Case,
     * spaces and dashes of every kind do not matter; O is taken for 0, I and L for 1, as the alphabet has none of them.
     *
     * <p>Never throws. The work is bounded whatever the size of the input.
     *
     * @param raw what came from outside; {@code null}, a form's missing field, is no code either
     */
    public static Optional<BackupCode> parse(String raw) {
        return PlainLetters.of(raw).map(BackupCodeInput::inAlphabet).flatMap(BackupCodeInput::numbered);
    }

    /**
     * Whether the number is all that a user's input lacks to be a code. Not if the input can as well be a code that begins with its
     * number and lacks letters at its end.
     *
     * @param raw what came from outside; may be {@code null}
     */
    public static boolean lacksNumber(String raw) {
        return PlainLetters.of(raw)
                .map(BackupCodeInput::inAlphabet)
                .filter(letters -> letters.length() == BackupCode.LETTERS)
                .filter(letters -> letters.chars().allMatch(letter -> BackupCode.ALPHABET.indexOf(letter) >= 0))
                .filter(letters -> !isNumber(letters.substring(0, 2)))
                .isPresent();
    }

    /** The same for a code that Keycloak itself has made, which has no number: its letters as they were hashed. */
    public static Optional<String> parseOfKeycloak(String raw) {
        return PlainLetters.of(raw).filter(letters -> letters.matches(KEYCLOAKS));
    }

    private static String inAlphabet(String letters) {
        return letters.replace('O', '0').replace('I', '1').replace('L', '1');
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]+") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= BackupCode.MOST;
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
