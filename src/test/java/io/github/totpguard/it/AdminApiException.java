package io.github.totpguard.it;

/** The server said no. */
final class AdminApiException extends RuntimeException {

    private final int status;
    private final String body;

    AdminApiException(String method, String path, int status, String body) {
        super(method + " " + path + " answered " + status + ": " + body);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }
}
