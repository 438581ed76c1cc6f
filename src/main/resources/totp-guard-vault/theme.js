// The look of the page: as the system, light or dark. Not a module: it runs before the page is drawn, so that the page does not appear in
// the other look first.

(() => {
    const CHOSEN = "totp-guard.theme";
    const dark = document.getElementById("dark");
    const ofSystem = dark.media;

    /** Dark is a style sheet of its own, which the system switches on and off unless the user has chosen. */
    function show(theme) {
        dark.media = { light: "not all", dark: "all" }[theme] ?? ofSystem;
    }

    function stored() {
        try {
            return localStorage.getItem(CHOSEN);
        } catch {
            return null;
        }
    }

    function choose(theme) {
        show(theme);
        try {
            localStorage.setItem(CHOSEN, theme);
        } catch {
            // The browser stores nothing for this site. The choice holds until the page is left.
        }
    }

    show(stored());
    document.addEventListener("DOMContentLoaded", () => {
        const select = document.getElementById("theme");
        select.value = stored() ?? "system";
        select.addEventListener("change", () => choose(select.value));
    });
})();
