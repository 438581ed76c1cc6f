package io.github.totpguard.cli;

/** What the tool tells a script; part of its contract (docs/reference/tool.md). */
final class ExitCode {

    static final int DONE = 0;

    /** {@code verify}: the code is wrong. {@code import}: nothing in the file can be taken. */
    static final int NO = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** A key, URI, picture or file of another app that cannot be read as what it should be. */
    static final int UNREADABLE = 3;

    /** A file that cannot be opened or written. */
    static final int FILE = 4;

    /** A fault of the tool. */
    static final int FAULT = 70;

    private ExitCode() {}
}
