package io.github.totpguard.keycloak.account;

import io.github.totpguard.keycloak.account.FactorsView.Attempt;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

/**
 * The attempts that a user's saved events tell of: logins that were asked for a second factor or were refused, and
 * changes of the second factors. A login that needed no second factor, for example by single sign-on, is not an attempt.
 */
final class RecentAttempts {
    /** The events that the attempts are read from. */
    static final Set<EventType> TYPES = Set.of(
            EventType.LOGIN,
            EventType.LOGIN_ERROR,
            EventType.UPDATE_CREDENTIAL,
            EventType.UPDATE_CREDENTIAL_ERROR,
            EventType.REMOVE_CREDENTIAL,
            EventType.REMOVE_CREDENTIAL_ERROR);

    /** How many attempts are shown at most. */
    static final int MAX = 20;

    /** How many events are read at most. More than {@link #MAX}, because single sign-on writes events, too. */
    static final int MAX_EVENTS = 100;

    static final String TRUSTED_BROWSER = "trusted_browser";
    private static final String OTHER = "other";
    private static final int MILLIS = 1000;

    /** The verdicts on a trusted browser's token that let the user in without a code. */
    private static final Set<String> TRUSTED = Set.of("trusted", "grace");

    private final Map<String, Named> credentials;

    /**
     * A credential that the user has now.
     *
     * @param kind as in {@link Attempt}
     * @param label its present name
     */
    record Named(String kind, Optional<String> label) {}

    /** @param credentials by id */
    RecentAttempts(Map<String, Named> credentials) {
        this.credentials = credentials;
    }

    /** @param newestFirst up to {@link #MAX_EVENTS} events of the user */
    List<Attempt> of(Stream<Event> newestFirst) {
        return newestFirst.flatMap(event -> attempt(event).stream()).limit(MAX).toList();
    }

    private Optional<Attempt> attempt(Event event) {
        Map<String, String> details = Optional.ofNullable(event.getDetails()).orElse(Map.of());
        return switch (event.getType()) {
            case LOGIN -> usesFactor(details) ? found(event, details, "signed_in", Optional.empty()) : Optional.empty();
            case LOGIN_ERROR ->
                isRefusal(event, details)
                        ? found(event, details, "sign_in_refused", reason(event, details))
                        : Optional.empty();
            case UPDATE_CREDENTIAL -> change(event, details, "added");
            case REMOVE_CREDENTIAL -> change(event, details, "removed");
            case UPDATE_CREDENTIAL_ERROR, REMOVE_CREDENTIAL_ERROR ->
                details.containsKey(AttemptEvent.VERDICT)
                        ? found(event, details, "change_refused", reason(event, details))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean usesFactor(Map<String, String> details) {
        return details.containsKey(AttemptEvent.VERDICT)
                || isByTrust(details)
                || SecondFactor.ofType(details.get(Details.CREDENTIAL_TYPE)).isPresent();
    }

    private static boolean isByTrust(Map<String, String> details) {
        return TRUSTED.contains(details.getOrDefault(AttemptEvent.TRUST, ""));
    }

    /** Other errors, such as an expired page, are no attempts to sign in. */
    private static boolean isRefusal(Event event, Map<String, String> details) {
        String error = Optional.ofNullable(event.getError()).orElse("");
        return details.containsKey(AttemptEvent.VERDICT)
                || error.equals(Errors.INVALID_USER_CREDENTIALS)
                || error.equals(Errors.USER_TEMPORARILY_DISABLED)
                || error.equals(AttemptEvent.TRUST_STOLEN)
                || error.startsWith(AttemptEvent.UNAVAILABLE);
    }

    private static Optional<String> reason(Event event, Map<String, String> details) {
        String error = Optional.ofNullable(event.getError()).orElse("");
        if (error.equals(AttemptEvent.TRUST_STOLEN)) {
            return Optional.of("stolen");
        }
        if (error.startsWith(AttemptEvent.UNAVAILABLE)) {
            return Optional.of("unavailable");
        }
        if (error.equals(Errors.USER_TEMPORARILY_DISABLED)) {
            return Optional.of("locked");
        }
        String verdict = details.getOrDefault(AttemptEvent.VERDICT, "");
        return switch (verdict) {
            case "mismatch", "replayed", "malformed", "locked" -> Optional.of(verdict);
            case "hard_locked" -> Optional.of("locked");
            default -> Optional.empty();
        };
    }

    private Optional<Attempt> change(Event event, Map<String, String> details, String what) {
        String type = details.get(Details.CREDENTIAL_TYPE);
        boolean ours = SecondFactor.ofType(type).isPresent() || GuardNames.TRUSTED_BROWSER.equals(type);
        return ours ? found(event, details, what, Optional.empty()) : Optional.empty();
    }

    private Optional<Attempt> found(Event event, Map<String, String> details, String what, Optional<String> reason) {
        Optional<Named> credential = Stream.of(Details.SELECTED_CREDENTIAL_ID, Details.CREDENTIAL_ID)
                .map(details::get)
                .flatMap(id -> Optional.ofNullable(id).map(credentials::get).stream())
                .findFirst();
        // A credential that was removed meanwhile has only the name in the event.
        Optional<String> label = Optional.ofNullable(details.get(Details.CREDENTIAL_USER_LABEL))
                .filter(name -> !name.isBlank())
                .or(() -> credential.flatMap(Named::label));
        return Optional.of(Attempt.of(
                event.getTime() / MILLIS,
                what,
                reason,
                credential.map(Named::kind).orElseGet(() -> kind(event, details)),
                label,
                Optional.ofNullable(event.getIpAddress())));
    }

    private static String kind(Event event, Map<String, String> details) {
        String type = details.get(Details.CREDENTIAL_TYPE);
        if (GuardNames.TRUSTED_BROWSER.equals(type)
                || isByTrust(details)
                || AttemptEvent.TRUST_STOLEN.equals(event.getError())) {
            return TRUSTED_BROWSER;
        }
        if (details.containsKey(AttemptEvent.BACKUP_CODES_LEFT)) {
            return kind(SecondFactor.BACKUP_CODES);
        }
        return SecondFactor.ofType(type)
                .map(RecentAttempts::kind)
                .orElse(details.containsKey(AttemptEvent.VERDICT) ? kind(SecondFactor.DEVICE) : OTHER);
    }

    static String kind(SecondFactor factor) {
        return factor.name().toLowerCase(Locale.ROOT);
    }
}
