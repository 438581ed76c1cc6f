package io.github.totpguard.demo;

/** The frame of every page of the site, and what makes a text safe in it. */
final class Html {

    private Html() {}

    /** A whole page. Title and body are HTML. */
    static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s - TOTP Guard demo</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="/site.css">
                <script type="module" src="/site.js"></script>
                </head>
                <body>
                <header>
                <nav aria-label="Demo">
                <a href="/">Users</a>
                <a href="/app">Application</a>
                <a href="/mails">Mails</a>
                <a href="/codes">One-time codes</a>
                </nav>
                </header>
                <main>
                <h1>%1$s</h1>
                %2$s
                </main>
                </body>
                </html>
                """
                .formatted(title, body);
    }

    /** A text for a page, also inside of quotes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String link(Object address, String text) {
        return "<a href=\"" + escape(address.toString()) + "\">" + escape(text) + "</a>";
    }
}
