package io.github.totpguard.cli;

/** The exit codes of the tool. They are part of its interface (docs/reference/tool.md). */
final class ExitCode {

    static final int DONE = 0;

    /** {@code verify}: the code is wrong. {@code import}: the file contains no account that can be imported. */
    static final int NO = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** A key, URI, picture or export file cannot be read. */
    static final int UNREADABLE = 3;

    /** A file cannot be opened or written. */
    static final int FILE = 4;

    /** An internal error of the tool. */
    static final int FAULT = 70;

    private ExitCode() {}
}
