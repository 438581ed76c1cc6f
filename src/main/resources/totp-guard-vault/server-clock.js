// Estimates the server's time from its answers. An answer with `generatedAt` was made between request and response, within that second.
// Each answer therefore limits the difference between the two clocks. Together they narrow it down.

export class ServerClock {
    #least = -Infinity;
    #most = Infinity;

    /**
     * @param sent, received milliseconds of the browser's clock; @param generatedAt epoch second of the server's clock
     */
    learn(sent, received, generatedAt) {
        const least = generatedAt * 1000 - received;
        const most = (generatedAt + 1) * 1000 - sent;
        const [low, high] = [Math.max(this.#least, least), Math.min(this.#most, most)];
        // No difference fits both: a clock was set. Then only the newest answer counts.
        [this.#least, this.#most] = low <= high ? [low, high] : [least, most];
    }

    /** Milliseconds since the epoch. If the browser's clock agrees with all answers, it is used unchanged. */
    now() {
        if (this.#least <= 0 && this.#most >= 0) {
            return Date.now();
        }
        return Date.now() + (this.#least + this.#most) / 2;
    }
}
