// The parts of OpenID Connect that this page needs: code flow with PKCE (RFC 7636, S256), refresh, end of session. The tokens are kept only
// in this module. Session storage holds only the state and the verifier of a pending login, because the page is left for the login. Both
// are removed when the page returns, and are useless without the code.

/** How long before its end a token is renewed, so that it does not expire on the way to the server. */
const RESERVE_MILLIS = 10_000;

export class SignInError extends Error {}

export class SignIn {
    #realm;
    #page;
    #client;
    #tokens = null;
    #renewal = null;

    /**
     * @param realm the URL of the realm, without a slash at its end
     * @param client the id of the page's client
     */
    constructor(realm, page, client) {
        this.#realm = realm;
        this.#page = page;
        this.#client = client;
    }

    /** Where session storage holds the pending login. */
    get #underWay() {
        return `${this.#client}.login`;
    }

    /** Whether this page load is the answer to a login. */
    static isAnswer() {
        const answer = new URLSearchParams(location.search);
        return answer.has("state") && (answer.has("code") || answer.has("error"));
    }

    /**
     * Leaves the page for the login.
     *
     * @param afresh whether Keycloak asks for all factors again, although there is a session
     * @param under what the user is up to: `action` is an application-initiated action of Keycloak, the rest comes back from `complete`
     */
    async leaveToLogin(afresh = false, under = null) {
        const [state, verifier, nonce] = [random(), random(), random()];
        sessionStorage.setItem(this.#underWay, JSON.stringify({ state, verifier, nonce, under }));
        const query = new URLSearchParams({
            client_id: this.#client,
            redirect_uri: this.#page,
            response_type: "code",
            response_mode: "query",
            scope: "openid",
            state,
            nonce,
            code_challenge: base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))),
            code_challenge_method: "S256",
        });
        if (afresh) {
            query.set("prompt", "login");
            // Above every level of authentication that a trusted browser can satisfy (docs/configure/vault.md).
            query.set("acr_values", "100");
        }
        if (under) {
            query.set("kc_action", under.action);
        }
        location.assign(`${this.#realm}/protocol/openid-connect/auth?${query}`);
    }

    /**
     * Removes the answer to a login from the URL.
     *
     * @returns the outcome of the action that the page was left for, as Keycloak names it, and what the user was up to; null without one
     */
    async complete() {
        const answer = new URLSearchParams(location.search);
        const underWay = JSON.parse(sessionStorage.getItem(this.#underWay) ?? "{}");
        sessionStorage.removeItem(this.#underWay);
        // The code must not stay in the history, and a reload must not send it again.
        history.replaceState(null, "", this.#page);
        if (!underWay.state || answer.get("state") !== underWay.state || !answer.has("code")) {
            throw new SignInError(answer.get("error") ?? "not the answer to the login that is under way");
        }
        await this.#obtain({ grant_type: "authorization_code", code: answer.get("code"), redirect_uri: this.#page, code_verifier: underWay.verifier });
        if (claims(this.#tokens.id_token).nonce !== underWay.nonce) {
            this.#tokens = null;
            throw new SignInError("nonce");
        }
        return { status: answer.get("kc_action_status"), under: underWay.under ?? null };
    }

    /** The user who is signed in: id, name, language. */
    person() {
        const { sub: id, preferred_username: name, locale } = claims(this.#tokens.id_token);
        return { id, name, locale };
    }

    /**
     * An access token that is still valid for a while. It is renewed if necessary. Concurrent callers share one renewal.
     */
    async token() {
        if (!this.#tokens) {
            throw new SignInError("signed out");
        }
        if (performance.now() > this.#tokens.renewAt) {
            this.#renewal ??= this.#obtain({ grant_type: "refresh_token", refresh_token: this.#tokens.refresh_token }).finally(() => (this.#renewal = null));
            await this.#renewal;
        }
        return this.#tokens.access_token;
    }

    /** The current token without a renewal, for a page that is being left. */
    presentToken() {
        return this.#tokens?.access_token ?? "";
    }

    /** The server refused a token that should be valid, so the next call gets a new one. */
    distrust() {
        if (this.#tokens) {
            this.#tokens.renewAt = 0;
        }
    }

    /** Ends the Keycloak session for all applications. */
    async signOut() {
        const refreshToken = this.#tokens?.refresh_token;
        this.#tokens = null;
        if (refreshToken) {
            await this.#send("logout", { refresh_token: refreshToken });
        }
    }

    async #obtain(parameters) {
        const response = await this.#send("token", parameters);
        if (!response.ok) {
            this.#tokens = null;
            throw new SignInError(`token endpoint: ${response.status}`);
        }
        const tokens = await response.json();
        this.#tokens = { ...this.#tokens, ...tokens, renewAt: performance.now() + tokens.expires_in * 1000 - RESERVE_MILLIS };
    }

    #send(endpoint, parameters) {
        return fetch(`${this.#realm}/protocol/openid-connect/${endpoint}`, {
            method: "POST",
            body: new URLSearchParams({ client_id: this.#client, ...parameters }),
            cache: "no-store",
        });
    }
}

/** 256 random bits. */
function random() {
    return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes) {
    return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The signature is not verified, because the token comes directly from Keycloak over the same connection as the page.
 */
function claims(token) {
    const bytes = Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
}
