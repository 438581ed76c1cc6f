package io.github.totpguard.harness;

/** The admin REST API answered with an error. */
public final class AdminApiException extends RuntimeException {

    private final int status;
    private final String body;

    AdminApiException(String method, String path, int status, String body) {
        super(method + " " + path + " answered " + status + ": " + body);
        this.status = status;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public String body() {
        return body;
    }
}
