package io.github.totpguard.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What nobody may look at: asked for without echo at a terminal, otherwise read from standard input. */
final class HiddenInput {

    /** Longer than any otpauth URI. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final ToolEnvironment surroundings;

    HiddenInput(ToolEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * The whole input, without white space around it.
     *
     * @param question for somebody at a terminal
     * @throws ToolFailure if there is nothing, too much, or no UTF-8
     */
    String read(String question) {
        String text = surroundings
                .prompt()
                .map(prompt -> answer(prompt.ask(question)))
                .orElseGet(this::standardInput)
                .strip();
        if (text.isEmpty()) {
            throw ToolFailure.unreadable("Nothing was entered: standard input is empty.");
        }
        return text;
    }

    private static String answer(char[] answer) {
        return answer == null ? "" : new String(answer);
    }

    private String standardInput() {
        try {
            byte[] bytes = surroundings.in().readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw ToolFailure.unreadable("Standard input is longer than " + MAX_BYTES + " bytes.");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            // Windows' editors begin a file with it.
            return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        } catch (IOException e) {
            throw ToolFailure.file("Standard input cannot be read: " + e.getMessage());
        }
    }
}
