package io.github.totpguard.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads secret input: from a terminal without echo, otherwise from standard input. */
final class HiddenInput {

    /** Longer than any otpauth URI. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final ToolEnvironment environment;

    HiddenInput(ToolEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Reads the whole input and removes white space around it.
     *
     * @param question the prompt at a terminal
     * @throws ToolFailure if the input is empty, too long, or not UTF-8
     */
    String read(String question) {
        String text = environment
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
            byte[] bytes = environment.in().readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw ToolFailure.unreadable("Standard input is longer than " + MAX_BYTES + " bytes.");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            // Windows editors begin a file with a byte order mark.
            return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        } catch (IOException e) {
            throw ToolFailure.file("Standard input can't be read: " + e.getMessage());
        }
    }
}
