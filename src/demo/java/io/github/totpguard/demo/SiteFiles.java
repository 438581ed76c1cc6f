package io.github.totpguard.demo;

/** The style sheet and the script of the site. Every page works without the script. */
final class SiteFiles {

    static final String STYLE =
            """
            :root {
                color-scheme: light dark;
                --text: #1b1b1f; --soft: #55555f; --back: #ffffff; --card: #f4f4f7; --line: #8a8a94; --link: #0b57d0;
                --on-link: #ffffff;
            }
            @media (prefers-color-scheme: dark) {
                :root {
                    --text: #ececf1; --soft: #b5b5c0; --back: #17171b; --card: #232329; --line: #7d7d88;
                    --link: #a8c7fa; --on-link: #10213f;
                }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
            nav { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: .75rem 1rem; background: var(--card); }
            nav a { display: inline-block; padding: .25rem 0; }
            main { max-width: 60rem; margin: 0 auto; padding: 0 1rem 3rem; overflow-wrap: anywhere; }
            h1 { font-size: 1.6rem; line-height: 1.25; }
            h2 { font-size: 1.2rem; margin: 1.5rem 0 .25rem; }
            .card h2 { margin-top: 0; }
            .card > :last-child { margin-bottom: 0; }
            a { color: var(--link); }
            .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 1rem;
                list-style: none; margin: 0; padding: 0; }
            .card { background: var(--card); border-radius: .5rem; padding: 1rem; margin: 0 0 1rem; }
            .cards .card { margin: 0; }
            .soft { color: var(--soft); }
            .code { font: 1.5rem/1.2 ui-monospace, monospace; letter-spacing: .05em; }
            code { font-family: ui-monospace, monospace; }
            pre { font: inherit; white-space: pre-wrap; }
            dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: .25rem 1rem; margin: 0; }
            dt { color: var(--soft); }
            dd { margin: 0; }
            @media (max-width: 30rem) {
                dl { display: block; }
                dd { margin: 0 0 .5rem; }
            }
            .actions { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
            .button, button { display: inline-block; border: 1px solid var(--link); border-radius: .375rem;
                background: var(--link); color: var(--on-link); font: inherit; padding: .5rem 1rem;
                text-decoration: none; cursor: pointer; }
            .button.second, button.second { background: transparent; color: var(--link); }
            form.fields { display: grid; gap: .75rem; max-width: 36rem; }
            label { display: grid; gap: .25rem; }
            input, select { font: inherit; padding: .5rem; border: 1px solid var(--line); border-radius: .375rem;
                background: var(--back); color: var(--text); width: 100%; }
            svg { max-width: 100%; height: auto; border-radius: .5rem; }
            .says { border-left: .25rem solid var(--link); padding: .5rem 1rem; background: var(--card); }
            """;

    /** Keeps the codes of the page of users current. */
    static final String SCRIPT =
            """
            const codes = document.querySelectorAll("[data-code-of]");

            async function update() {
                const answer = await fetch("/current-codes");
                const { users, secondsLeft } = await answer.json();
                for (const code of codes) {
                    code.textContent = users[code.dataset.codeOf];
                }
                setTimeout(update, secondsLeft * 1000);
            }

            if (codes.length > 0) {
                update();
            }
            """;

    private SiteFiles() {}
}
