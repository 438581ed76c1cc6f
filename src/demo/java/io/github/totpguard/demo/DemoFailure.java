package io.github.totpguard.demo;

/** The demo cannot go on. The message says why and what to do. */
final class DemoFailure extends RuntimeException {

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
