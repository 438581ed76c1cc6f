package io.github.totpguard.keycloak.notify.mail;

import jakarta.enterprise.context.ContextNotActiveException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.device.DeviceRepresentationProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.account.DeviceRepresentation;

/**
 * The origin of an attempt. The sender of the request chooses the browser's name, and can be an attacker who wants to
 * put text into a mail to the user. Therefore the text that is kept can be neither markup nor a link.
 *
 * @param browser browser and operating system; empty if unknown
 * @param address the IP address; empty if unknown
 */
public record AttemptOrigin(Optional<String> browser, Optional<String> address) {
    private static final AttemptOrigin UNKNOWN = new AttemptOrigin(Optional.empty(), Optional.empty());
    private static final String KEYCLOAK_UNKNOWN = "Other";
    private static final int MAX_NAME_LENGTH = 40;
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_+-]+");
    private static final Pattern MAJOR = Pattern.compile("^\\d{1,4}");
    private static final Pattern MAJOR_AND_MINOR = Pattern.compile("^\\d{1,4}(\\.\\d{1,4})?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    /** The origin of the current request. Outside of a request, the origin is unknown. */
    public static AttemptOrigin of(KeycloakSession session) {
        try {
            return of(
                    Optional.ofNullable(session.getProvider(DeviceRepresentationProvider.class)
                            .deviceRepresentation()),
                    Optional.ofNullable(session.getContext().getConnection().getRemoteHost()));
        } catch (ContextNotActiveException e) {
            // A code is checked outside of a request.
            return UNKNOWN;
        }
    }

    static AttemptOrigin of(Optional<DeviceRepresentation> device, Optional<String> host) {
        return new AttemptOrigin(device.flatMap(AttemptOrigin::browser), host.filter(text -> ADDRESS.matcher(text)
                .matches()));
    }

    private static Optional<String> browser(DeviceRepresentation device) {
        String names = Stream.of(
                        Optional.ofNullable(device.getBrowser()).flatMap(AttemptOrigin::browser),
                        Optional.ofNullable(device.getOs())
                                .flatMap(os -> named(os, device.getOsVersion(), MAJOR_AND_MINOR)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return Optional.of(names).filter(text -> !text.isEmpty());
    }

    /** @param program name and version as Keycloak joins them: {@code Firefox/145.0.1} */
    private static Optional<String> browser(String program) {
        int slash = program.lastIndexOf('/');
        return slash < 0
                ? named(program, "", MAJOR)
                : named(program.substring(0, slash), program.substring(slash + 1), MAJOR);
    }

    private static Optional<String> named(String name, String version, Pattern kept) {
        String plain = NOT_IN_NAMES.matcher(name).replaceAll(" ").strip();
        if (plain.isEmpty() || plain.equals(KEYCLOAK_UNKNOWN)) {
            return Optional.empty();
        }
        Matcher number = kept.matcher(version);
        return Optional.of(plain.substring(0, Math.min(MAX_NAME_LENGTH, plain.length()))
                + (number.find() ? " " + number.group() : ""));
    }
}
