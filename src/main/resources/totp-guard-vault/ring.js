// A ring that empties while a code expires. It is only visual: screen readers announce the seconds when the code is copied.

import { drawing } from "./dom.js";

const LAST_SECONDS = 5;

export class Ring {
    #rest = drawing("circle", { class: "rest", cx: 20, cy: 20, r: 17, pathLength: 100, transform: "rotate(-90 20 20)", "stroke-dasharray": "100 100" });
    #seconds = drawing("text", { x: 20, y: 20, "text-anchor": "middle", "dominant-baseline": "central" });
    #shown = null;

    element = drawing(
        "svg",
        { class: "ring", viewBox: "0 0 40 40", "aria-hidden": "true", focusable: "false" },
        drawing("circle", { class: "track", cx: 20, cy: 20, r: 17 }),
        this.#rest,
        this.#seconds,
    );

    /**
     * Moves in whole seconds. The style sheet animates the ring between them, unless the user prefers reduced motion.
     */
    show(remaining, period) {
        const seconds = Math.ceil(remaining);
        if (seconds === this.#shown) {
            return;
        }
        this.#shown = seconds;
        this.#rest.setAttribute("stroke-dashoffset", String(100 - (100 * seconds) / period));
        this.#seconds.textContent = seconds > 999 ? "" : String(seconds);
        this.element.classList.toggle("last", seconds <= LAST_SECONDS);
    }
}
