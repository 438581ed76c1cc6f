package io.github.totpguard.cli;

/** Why the tool stops: a message for the user, without any part of a secret. */
final class ToolFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private ToolFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static ToolFailure usage(String message) {
        return new ToolFailure(ExitCode.USAGE, message);
    }

    static ToolFailure unreadable(String message) {
        return new ToolFailure(ExitCode.UNREADABLE, message);
    }

    static ToolFailure file(String message) {
        return new ToolFailure(ExitCode.FILE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
