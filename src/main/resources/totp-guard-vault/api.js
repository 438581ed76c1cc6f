// The REST interface of the vault and of the page of second factors. Every failure is an ApiError of one of a few kinds, each with its own message.

import { SignInError } from "./sign-in.js";
import { hasText, text } from "./texts.js";

const KINDS = { 400: "invalid", 401: "signed_out", 403: "forbidden", 404: "not_found", 409: "too_many", 413: "invalid", 429: "wait", 503: "busy" };
const PAGE = 100;
const DEFAULT_WAIT_SECONDS = 30;

export class ApiError extends Error {
    constructor(kind, { error = "", reason = "", details = "", seconds = DEFAULT_WAIT_SECONDS } = {}) {
        super(kind);
        this.kind = kind;
        this.error = error;
        this.reason = reason;
        this.details = details;
        this.seconds = seconds;
    }

    /** The message in the user's language. The server's own message is used only if there is no other. */
    get words() {
        const exact = `refused.${this.reason || this.error}`;
        return hasText(exact) ? text(exact) : text(`error.${this.kind}`, { details: this.details || this.error, seconds: this.seconds });
    }
}

export class Api {
    #base;
    #signIn;

    /** Whether the realm lets owners see QR codes of their accounts; known once the accounts are loaded. */
    showsSecrets = false;

    constructor(base, signIn) {
        this.#base = base;
        this.#signIn = signIn;
    }

    /** Loads all accounts, so that a search needs no further request. */
    async accounts() {
        const found = new Map();
        for (let first = 0, total = 1; first < total; first += PAGE) {
            const page = await this.#json("GET", `accounts?first=${first}&max=${PAGE}`);
            page.accounts.forEach((account) => found.set(account.id, account));
            total = page.total;
            this.showsSecrets = page.showSecrets === true;
        }
        return [...found.values()];
    }

    /** The user's own second factors, for the page that shows them. */
    factors() {
        return this.#json("GET", "account/factors");
    }

    add(account) {
        return this.#json("POST", "accounts", account);
    }

    change(id, changes) {
        return this.#json("PATCH", `accounts/${id}`, changes);
    }

    async remove(id) {
        await this.#call("DELETE", `accounts/${id}`);
    }

    /** Deletes an account while the page is being left. A failure cannot be shown any more. */
    removeInPassing(id) {
        this.#fetch("DELETE", `accounts/${id}`, this.#signIn.presentToken(), { keepalive: true }).catch(() => {});
    }

    /** The codes of up to 100 time-based accounts, with the next codes. */
    async codes(ids) {
        const path = `tokens?next=true&${ids.map((id) => `id=${id}`).join("&")}`;
        if (ids.length > 1) {
            return (await this.#json("GET", path)).tokens;
        }
        // For a single id, the server answers with only the code, or with the error itself.
        const [id] = ids;
        try {
            return [{ id, ...(await this.#json("GET", path)) }];
        } catch (error) {
            if (error.kind === "not_found" || error.error === "unreadable") {
                return [{ id, error: error.error }];
            }
            throw error;
        }
    }

    /** Increments the counter of a counter-based account. */
    nextCode(id) {
        return this.#json("GET", `tokens?id=${id}`);
    }

    importAccounts(contents, password, preview) {
        return this.#json("POST", "import", { contents, preview, ...(password ? { password } : {}) });
    }

    async exportAccounts(format, password) {
        return (await this.#call("POST", "export", { format, ...(password ? { password } : {}) })).text();
    }

    /** The rows of the QR code of an account, which contains its key. */
    qr(id) {
        return this.#json("POST", `accounts/${id}/qr`);
    }

    shares(id) {
        return this.#json("GET", `accounts/${id}/shares`);
    }

    share(id, recipient) {
        return this.#json("POST", `accounts/${id}/shares`, recipient);
    }

    async revoke(id, shareId) {
        await this.#call("DELETE", `accounts/${id}/shares/${shareId}`);
    }

    async transfer(id, username) {
        await this.#call("POST", `accounts/${id}/transfer`, { username });
    }

    async #json(method, path, body) {
        const response = await this.#call(method, path, body);
        return response.json();
    }

    async #call(method, path, body) {
        let response = await this.#attempt(method, path, body);
        if (response.status === 401) {
            // The server refused the request before it did anything. The clocks may differ, or the signing key may be new, so try once more
            // with a new token.
            this.#signIn.distrust();
            response = await this.#attempt(method, path, body);
        }
        if (!response.ok) {
            throw await failure(response);
        }
        return response;
    }

    async #attempt(method, path, body) {
        try {
            return await this.#fetch(method, path, await this.#signIn.token(), {
                ...(body ? { body: JSON.stringify(body) } : {}),
                headers: body ? { "Content-Type": "application/json" } : {},
            });
        } catch (error) {
            if (error instanceof SignInError) {
                throw new ApiError("signed_out");
            }
            if (error instanceof TypeError) {
                throw new ApiError("offline");
            }
            throw error;
        }
    }

    #fetch(method, path, token, options) {
        return fetch(`${this.#base}/${path}`, {
            ...options,
            method,
            headers: { ...options.headers, Accept: "application/json, text/plain", Authorization: `Bearer ${token}` },
            cache: "no-store",
            credentials: "omit",
        });
    }
}

async function failure(response) {
    const answer = await response.json().catch(() => ({}));
    const seconds = Number(response.headers.get("Retry-After")) || DEFAULT_WAIT_SECONDS;
    const kind = answer.error === "second_factor_required" ? answer.error : (KINDS[response.status] ?? "failed");
    return new ApiError(kind, { error: answer.error, reason: answer.reason, details: answer.details, seconds });
}
