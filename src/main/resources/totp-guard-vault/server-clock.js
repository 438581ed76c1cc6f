// What time it is at the server, as closely as its answers tell. An answer with `generatedAt` was made at some moment between request
// and response, and that moment lies in that second. Each answer bounds the difference of the two clocks; together they narrow it down.

export class ServerClock {
    #least = -Infinity;
    #most = Infinity;

    /** @param sent, received milliseconds of the browser's clock; @param generatedAt epoch second of the server's */
    learn(sent, received, generatedAt) {
        const least = generatedAt * 1000 - received;
        const most = (generatedAt + 1) * 1000 - sent;
        const [low, high] = [Math.max(this.#least, least), Math.min(this.#most, most)];
        // Nothing fits both: somebody has set a clock. Only the newest answer counts then.
        [this.#least, this.#most] = low <= high ? [low, high] : [least, most];
    }

    /** Milliseconds since the epoch. A browser's clock that agrees with all answers is believed as it is. */
    now() {
        if (this.#least <= 0 && this.#most >= 0) {
            return Date.now();
        }
        return Date.now() + (this.#least + this.#most) / 2;
    }
}
