// Fetches the codes of the visible rows: all that are due in one request, once in a period, and none while the page is hidden. The server
// records who reads which code, so codes that are not visible are not requested.

import { ApiError } from "./api.js";

const AT_ONCE = 100;
const TICK_MILLIS = 250;

/**
 * The next code is already known when a period ends, so pages can request the one after it at different times within this span.
 */
const SPREAD_MILLIS = 2000;

export class Codes {
    #api;
    #clock;
    #show;
    #report;
    #wanted = new Set();
    #known = new Map();
    #asking = false;
    #notBefore = 0;
    #failures = 0;
    #spread = Math.random() * SPREAD_MILLIS;

    /**
     * @param show called several times a second with an id and { code, next, remaining, period }, without a code if there is none
     * @param report called with null when codes were received, and with the ApiError and the seconds until the next attempt if not
     */
    constructor(api, clock, show, report) {
        this.#api = api;
        this.#clock = clock;
        this.#show = show;
        this.#report = report;
    }

    start() {
        setInterval(() => this.tick(), TICK_MILLIS);
        document.addEventListener("visibilitychange", () => this.tick());
        addEventListener("online", () => this.retryNow());
    }

    want(id) {
        this.#wanted.add(id);
    }

    ignore(id) {
        this.#wanted.delete(id);
    }

    forget(id) {
        this.#wanted.delete(id);
        this.#known.delete(id);
    }

    retryNow() {
        this.#notBefore = 0;
        this.tick();
    }

    tick() {
        if (document.hidden) {
            return;
        }
        const now = this.#clock.now();
        const due = [];
        for (const id of this.#wanted) {
            const known = this.#current(id, now);
            if (!known || now >= known.askAt) {
                due.push(id);
            }
            this.#show(id, known ? { ...known, remaining: Math.max(0, (known.ends - now) / 1000) } : null);
        }
        if (due.length > 0 && !this.#asking && Date.now() >= this.#notBefore) {
            this.#ask(due.slice(0, AT_ONCE));
        }
    }

    /** The code that is valid now: the code that was fetched, or the next one, or none. */
    #current(id, now) {
        let known = this.#known.get(id);
        if (known && now >= known.ends) {
            const ends = known.ends + known.period * 1000;
            known = known.next && now < ends ? { ...known, code: known.next, next: null, ends, askAt: known.ends + this.#spread } : null;
            known ? this.#known.set(id, known) : this.#known.delete(id);
        }
        return known ?? null;
    }

    async #ask(ids) {
        this.#asking = true;
        const sent = Date.now();
        try {
            const tokens = await this.#api.codes(ids);
            const received = Date.now();
            tokens.forEach((token) => this.#take(token, sent, received));
            if (this.#failures > 0) {
                this.#failures = 0;
                this.#report(null);
            }
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            const seconds = error.kind === "wait" ? error.seconds : Math.min(60, 5 * 2 ** this.#failures);
            this.#failures++;
            this.#notBefore = Date.now() + seconds * 1000;
            this.#report(error, seconds);
        } finally {
            this.#asking = false;
        }
        this.tick();
    }

    #take({ id, token, timeRemaining, period, nextToken, generatedAt, error }, sent, received) {
        if (error || !token) {
            // The account was deleted or is no longer shared. It is not requested again until the list is reloaded.
            this.forget(id);
            return;
        }
        this.#clock.learn(sent, received, generatedAt);
        const ends = (generatedAt + timeRemaining) * 1000;
        this.#known.set(id, { code: token, next: nextToken ?? null, period, ends, askAt: ends });
    }
}
