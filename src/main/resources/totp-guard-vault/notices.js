// The messages of the page besides its list. One polite live region announces them. The visible and the spoken words are the same.

import { byId, element } from "./dom.js";
import { text } from "./texts.js";

const SEEN_MILLIS = 6000;
const REPEATED = "\u00a0";

/**
 * Announces words to screen readers. If the same words come twice in a row, they must differ, or the screen reader stays silent.
 */
export function say(words) {
    const spoken = byId("spoken");
    spoken.textContent = spoken.textContent === words ? words + REPEATED : words;
}

/**
 * A notice at the edge of the page.
 *
 * @param action the label and the function of its button; such a notice stays for `millis`, or until it is dismissed
 * @returns a function that removes the notice
 */
export function notify(words, { kind = "info", action = null, millis = action ? null : SEEN_MILLIS } = {}) {
    const notice = element("div", { class: `notice ${kind}` }, element("p", {}, words));
    const takeAway = () => notice.remove();
    if (action) {
        const button = element("button", { type: "button" }, action.label);
        button.addEventListener("click", () => {
            takeAway();
            action.run();
        });
        notice.append(button);
    }
    if (!millis) {
        const dismiss = element("button", { type: "button" }, text("dismiss"));
        dismiss.addEventListener("click", takeAway);
        notice.append(dismiss);
    } else {
        setTimeout(takeAway, millis);
    }
    byId("notices").append(notice);
    say(words);
    return { takeAway, element: notice };
}

