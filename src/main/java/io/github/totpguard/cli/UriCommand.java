package io.github.totpguard.cli;

import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the {@code otpauth://} URI of a key. */
@Command(
        name = "uri",
        mixinStandardHelpOptions = true,
        description = "Prints the otpauth URI of a key, for an authenticator app. If the key is a URI, it is printed in"
                + " its shortest form.")
final class UriCommand implements Runnable {

    @Mixin
    private NamedKeyOptions key;

    @Option(
            names = "--json",
            description = "Print JSON: uri, type, issuer, account, algorithm, digits, period, counter.")
    private boolean json;

    private final ToolEnvironment environment;

    UriCommand(ToolEnvironment environment) {
        this.environment = environment;
        this.key = new NamedKeyOptions(environment);
    }

    @Override
    public void run() {
        OtpAuthUri uri = key.read();
        if (json) {
            Map<String, Object> object = AccountJson.of(uri);
            object.put("uri", uri.print());
            environment.out().println(Json.of(object));
        } else {
            environment.out().println(uri.print());
        }
    }
}
