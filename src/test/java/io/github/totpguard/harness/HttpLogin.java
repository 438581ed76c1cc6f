package io.github.totpguard.harness;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A login without a browser, for tests that need many at the same time. It reads forms, stores cookies and follows
 * redirects up to the application. Not thread-safe; {@link #twin} makes a second one in the same login session.
 */
public final class HttpLogin {

    public enum Outcome {
        /** Redirected to the application with an authorization code. */
        LOGGED_IN,
        /** Redirected to the application with neither a code nor an error, after an account was linked. */
        AT_APPLICATION,
        /** A page with the form field {@code otp}. */
        CODE_PAGE,
        LOCKED_PAGE,
        PASSWORD_PAGE,
        /** A page with another form, such as a required action. */
        OTHER_PAGE,
        ERROR_PAGE
    }

    private static final Pattern FORM = Pattern.compile("<form\\b.*?</form>", Pattern.DOTALL);
    private static final Pattern ACTION = Pattern.compile("<form\\b[^>]*\\baction=\"([^\"]+)\"");
    private static final int MAX_REDIRECTS = 10;

    private final OidcLogin login;
    private final Cookies cookies;
    private Consumer<String> cookieJar = setCookie -> {};
    private Optional<String> userAgent = Optional.empty();
    private URI node;
    private URI page;
    private URI callback;
    private List<HttpResponse<String>> hops = List.of();
    private int status;
    private String body = "";
    private Outcome outcome;

    private HttpLogin(OidcLogin login, Cookies cookies) {
        this.login = login;
        this.cookies = cookies;
        this.node = login.uri().resolve("/");
    }

    /** Opens the login page. */
    public static HttpLogin open(OidcLogin login) {
        return open(login, login.uri());
    }

    /** Opens the login page at one node of a cluster. */
    static HttpLogin open(OidcLogin login, URI node) {
        HttpLogin session = new HttpLogin(login, new Cookies()).through(node);
        session.go(login.uri());
        return session;
    }

    /** Opens the login page in a browser that already has cookies, and passes on new ones. */
    public static HttpLogin open(
            OidcLogin login, Map<String, String> cookies, String userAgent, Consumer<String> cookieJar) {
        HttpLogin session = new HttpLogin(login, Cookies.with(cookies));
        session.cookieJar = cookieJar;
        session.userAgent = Optional.of(userAgent);
        session.go(login.uri());
        return session;
    }

    /**
     * Opens the login page and enters the password, which is the user name.
     *
     * @throws AssertionError if the next page does not ask for a code
     */
    public static HttpLogin atCodePage(TestRealm realm, String username) {
        return atCodePage(realm, username, realm.uri());
    }

    /** Does the same at one node of a cluster. */
    public static HttpLogin atCodePage(TestRealm realm, String username, URI node) {
        HttpLogin session = open(OidcLogin.to(realm), node);
        Outcome outcome = session.postPassword(username, username);
        if (outcome != Outcome.CODE_PAGE) {
            throw new AssertionError("after the password: " + outcome + ", status " + session.status);
        }
        return session;
    }

    /** Sends all further requests to this node, as a load balancer does, whatever address the pages use. */
    public HttpLogin through(URI anyOfNode) {
        node = anyOfNode.resolve("/");
        return this;
    }

    /**
     * A copy at the same page in the same login session, for a request that is sent twice. Once one of the two has
     * posted, Keycloak answers the post of the other with the page again, without checking the code.
     */
    public HttpLogin twin() {
        HttpLogin twin = new HttpLogin(login, cookies.copy());
        twin.node = node;
        twin.page = page;
        twin.status = status;
        twin.body = body;
        twin.outcome = outcome;
        return twin;
    }

    public Outcome postPassword(String username, String password) {
        return post("password", Map.of("username", username, "password", password));
    }

    public Outcome postOtp(String code) {
        return post("otp", Map.of("otp", code));
    }

    /** Posts the form on the current page that has the given field. */
    public Outcome post(String fieldOfForm, Map<String, String> fields) {
        URI action = page.resolve(formAction(fieldOfForm));
        return follow(request(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(Http.form(fields))
                .build());
    }

    /** Follows the link on the current page whose address contains this text. */
    public Outcome clickLinkTo(String partOfAddress) {
        Matcher link = Pattern.compile("href=\"([^\"]*" + Pattern.quote(partOfAddress) + "[^\"]*)\"")
                .matcher(body);
        if (!link.find()) {
            throw new AssertionError("no link to " + partOfAddress + " on a page of kind " + outcome);
        }
        return go(page.resolve(link.group(1).replace("&amp;", "&")));
    }

    /** Follows a link on the current page. */
    public Outcome click(String id) {
        Matcher link = Pattern.compile("<a\\b[^>]*\\bid=\"" + Pattern.quote(id) + "\"[^>]*\\bhref=\"([^\"]+)\"")
                .matcher(body);
        if (!link.find()) {
            throw new AssertionError("no link " + id + " on a page of kind " + outcome);
        }
        return go(page.resolve(link.group(1).replace("&amp;", "&")));
    }

    /** Opens an address of the server in the same browser. */
    public Outcome go(URI address) {
        return follow(request(address).build());
    }

    public Outcome outcome() {
        return outcome;
    }

    /** All responses to the last call, redirects first. They may contain secrets and must not appear in messages. */
    public List<HttpResponse<String>> hops() {
        return hops;
    }

    /** The address of the current page. */
    public URI page() {
        return page;
    }

    /** HTTP status of the current page. */
    public int status() {
        return status;
    }

    /** The current page. It may contain secrets and must not appear in messages. */
    public String body() {
        return body;
    }

    /**
     * The first group of the pattern on the page, with HTML escapes decoded.
     *
     * @throws AssertionError if the pattern is not found
     */
    public String onPage(Pattern pattern) {
        Matcher found = pattern.matcher(body);
        if (!found.find()) {
            throw new AssertionError("the page has no " + pattern);
        }
        return found.group(1)
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** The redirect URI that the application was called with after the login. */
    public URI callback() {
        return callback;
    }

    public OidcLogin login() {
        return login;
    }

    private HttpRequest.Builder request(URI uri) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        // Without this header Keycloak treats the client as a program and answers errors in JSON.
        HttpRequest.Builder request =
                Http.request(node.resolve(uri.getRawPath() + query)).header("Accept", "text/html");
        userAgent.ifPresent(name -> request.header("User-Agent", name));
        cookies.header(uri.getPath()).ifPresent(header -> request.header("Cookie", header));
        return request;
    }

    private Outcome follow(HttpRequest first) {
        HttpRequest request = first;
        hops = new ArrayList<>();
        for (int i = 0; i < MAX_REDIRECTS; i++) {
            HttpResponse<String> response = Http.send(request);
            hops.add(response);
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            page = request.uri();
            status = response.statusCode();
            body = response.body();
            if (status != 302 && status != 303) {
                outcome = outcomeOfPage();
                return outcome;
            }
            URI next = page.resolve(response.headers().firstValue("Location").orElseThrow());
            if (next.toString().startsWith(login.redirectUri().toString())) {
                callback = next;
                outcome = outcomeOfCallback();
                return outcome;
            }
            request = request(next).build();
        }
        throw new AssertionError("more than " + MAX_REDIRECTS + " redirects");
    }

    private Outcome outcomeOfCallback() {
        String query = String.valueOf(callback.getQuery());
        if (query.matches("(.*&)?code=.*")) {
            return Outcome.LOGGED_IN;
        }
        return query.matches("(.*&)?(link_)?error=.*") ? Outcome.ERROR_PAGE : Outcome.AT_APPLICATION;
    }

    private Outcome outcomeOfPage() {
        if (body.contains("id=\"totp-guard-locked\"")) {
            return Outcome.LOCKED_PAGE;
        }
        if (status != 200 || !FORM.matcher(body).find()) {
            return Outcome.ERROR_PAGE;
        }
        if (hasForm("otp")) {
            return Outcome.CODE_PAGE;
        }
        return hasForm("password") ? Outcome.PASSWORD_PAGE : Outcome.OTHER_PAGE;
    }

    private boolean hasForm(String field) {
        return FORM.matcher(body).results().anyMatch(form -> hasField(form.group(), field));
    }

    private static boolean hasField(String form, String field) {
        return form.contains("name=\"" + field + "\"");
    }

    private String formAction(String field) {
        return FORM.matcher(body)
                .results()
                .map(form -> form.group())
                .filter(form -> hasField(form, field))
                .map(ACTION::matcher)
                .filter(Matcher::find)
                .map(action -> action.group(1).replace("&amp;", "&"))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no form with a field " + field + " on a page of kind " + outcome));
    }

    private void keep(String setCookie) {
        cookieJar.accept(setCookie);
        cookies.keep(setCookie);
    }
}
