package io.github.totpguard.cli;

import io.github.totpguard.core.qr.QrCode;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws the QR code of a key. */
@Command(
        name = "qr",
        mixinStandardHelpOptions = true,
        description = "Draws the QR code of a key: on the terminal, or into a PNG or SVG file that only its owner can"
                + " read. Anyone who sees the picture has the key.")
final class QrCommand implements Runnable {

    private static final int DEFAULT_PIXELS = 8;

    @Mixin
    private NamedKeyOptions key;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A file ending in .png or .svg. Default: blocks on a terminal with a dark background.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--pixels",
            paramLabel = "N",
            description = "PNG: pixels per side of a module, 1 to 40. Default: " + DEFAULT_PIXELS + ".")
    private int pixels = DEFAULT_PIXELS;

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean force;

    @Option(names = "--json", description = "With --output, print JSON: output, modules.")
    private boolean json;

    private final ToolEnvironment environment;

    QrCommand(ToolEnvironment environment) {
        this.environment = environment;
        this.key = new NamedKeyOptions(environment);
    }

    @Override
    public void run() {
        if (json && output.isEmpty()) {
            throw ToolFailure.usage("--json needs --output.");
        }
        if (pixels < 1 || pixels > QrCode.MAX_PIXELS_PER_MODULE) {
            throw ToolFailure.usage("--pixels must be 1 to " + QrCode.MAX_PIXELS_PER_MODULE + ".");
        }
        Optional<Format> format = output.map(Format::of);
        OtpAuthUri uri = key.read();
        QrCode code = codeOf(uri);
        if (format.isEmpty()) {
            environment.out().print(code.toTerminal());
            environment.out().flush();
            return;
        }
        byte[] picture = format.get() == Format.PNG
                ? code.toPng(pixels)
                : code.toSvg("totp-guard-qr", title(uri)).getBytes(StandardCharsets.UTF_8);
        PrivateFile.write(output.get(), picture, force);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("output", output.get().toString());
            object.put("modules", code.size());
            environment.out().println(Json.of(object));
        }
    }

    private static QrCode codeOf(OtpAuthUri uri) {
        try {
            return QrCode.of(uri.print());
        } catch (IllegalArgumentException e) {
            throw ToolFailure.unreadable(e.getMessage() + ".");
        }
    }

    private static String title(OtpAuthUri uri) {
        return uri.issuer().map(issuer -> issuer + ": ").orElse("") + uri.account();
    }

    private enum Format {
        PNG,
        SVG;

        static Format of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            for (Format format : values()) {
                if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
                    return format;
                }
            }
            throw ToolFailure.usage("The name of the file must end in .png or .svg.");
        }
    }
}
