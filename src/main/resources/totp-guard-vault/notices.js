// What the page says besides its list. One polite live region speaks; what is seen and what is heard are the same words.

import { byId, element } from "./dom.js";
import { text } from "./texts.js";

const SEEN_MILLIS = 6000;
const REPEATED = "\u00a0";

/** Says it to those who hear the page. The same words twice in a row have to differ, or nothing is heard. */
export function say(words) {
    const spoken = byId("spoken");
    spoken.textContent = spoken.textContent === words ? words + REPEATED : words;
}

/**
 * A notice at the edge of the page.
 *
 * @param action label and what its button does; such a notice stays for `millis`, or until it is dismissed
 * @returns a function that takes it away
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

