package io.github.totpguard.harness;

import io.github.totpguard.harness.HttpLogin.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A browser that is used again after its sessions have ended: it keeps only the trust cookies of one login for the
 * next. Two logins in it may run at the same time.
 */
public final class HttpBrowser {

    public static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    public static final String OTHER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";

    /** Longer than the grace period in which the previous secret of a trust is accepted. */
    public static final Duration PAST_GRACE = Duration.ofSeconds(11);

    private static final String TRUST_COOKIE = "TOTP_GUARD_TRUST_";

    private final String userAgent;
    private final Map<String, String> cookies = new TreeMap<>();
    private final List<String> received = new ArrayList<>();

    public HttpBrowser(String userAgent) {
        this.userAgent = userAgent;
    }

    /** A thief's browser that contains a copy of all cookies of this one. */
    public HttpBrowser stolen() {
        HttpBrowser thief = new HttpBrowser(OTHER);
        thief.cookies.putAll(cookies());
        return thief;
    }

    public HttpLogin open(OidcLogin login) {
        return HttpLogin.open(login, cookies(), userAgent, this::receive);
    }

    /** Enters the password, which is the user name. If the browser is trusted, this completes the login. */
    public HttpLogin logIn(TestRealm realm, String username) {
        return logIn(OidcLogin.to(realm), username);
    }

    public HttpLogin logIn(OidcLogin login, String username) {
        HttpLogin session = open(login);
        session.postPassword(username, username);
        return session;
    }

    /** Logs in with a code and ticks the box for trust. */
    public HttpLogin trust(TestRealm realm, String username, String code) {
        HttpLogin session = logIn(realm, username);
        Outcome outcome = session.post("otp", Map.of("otp", code, "trustBrowser", "true"));
        if (outcome != Outcome.LOGGED_IN) {
            throw new AssertionError("after a right code: " + outcome);
        }
        return session;
    }

    /** The trust cookies. Their values are secret and must not appear in messages. */
    public synchronized Map<String, String> cookies() {
        return new TreeMap<>(cookies);
    }

    /** All {@code Set-Cookie} headers that contained trust cookies. They must not appear in messages either. */
    public synchronized List<String> received() {
        return List.copyOf(received);
    }

    private synchronized void receive(String setCookie) {
        String name = setCookie.substring(0, setCookie.indexOf('='));
        if (!name.contains(TRUST_COOKIE)) {
            return;
        }
        received.add(setCookie);
        if (setCookie.matches("(?i).*max-age=0\\b.*")) {
            cookies.remove(name);
        } else {
            cookies.put(name, setCookie.substring(name.length() + 1).split(";", 2)[0]);
        }
    }
}
