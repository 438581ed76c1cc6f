package io.github.totpguard.demo;

import io.github.totpguard.demo.Mailbox.Mail;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The mails that Keycloak has sent since the demo was started. */
final class MailsPage {

    static final String PATH = "/mails";

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Mailbox mailbox;

    MailsPage(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    Answer answer(Visit visit) {
        if (visit.path().equals(PATH)) {
            return show();
        }
        String number = visit.path().substring(PATH.length() + 1);
        List<Mail> mails = mailbox.mails();
        if (!number.matches("[0-9]{1,6}") || Integer.parseInt(number) >= mails.size()) {
            return Site.notFound();
        }
        return mails.get(Integer.parseInt(number))
                .html()
                .map(Answer::foreignHtml)
                .orElseGet(Site::notFound);
    }

    private Answer show() {
        List<Mail> mails = mailbox.mails();
        StringBuilder page = new StringBuilder("<p>Every mail that Keycloak sends in this demo arrives here. None"
                + " leaves this machine. Reload the page to see new ones.</p>");
        if (mails.isEmpty()) {
            page.append("<p id=\"no-mails\">No mail has arrived yet.</p>");
        }
        // The newest first; the number stays the same when more arrive.
        for (int number = mails.size() - 1; number >= 0; number--) {
            page.append(article(mails.get(number), number));
        }
        return Answer.html(Html.page("Mails", page.toString()));
    }

    private static String article(Mail mail, int number) {
        return "<article class=\"card mail\"><h2>" + Html.escape(mail.subject()) + "</h2><p class=\"soft\">To "
                + Html.escape(mail.to())
                + mail.sent().map(sent -> ", " + TIME.format(sent)).orElse("") + "</p><pre>" + linked(mail.text())
                + "</pre>"
                + mail.html()
                        .map(html ->
                                "<p><a href=\"" + PATH + "/" + number + "\">Mail " + (number + 1) + " as HTML</a></p>")
                        .orElse("")
                + "</article>";
    }

    /** The text as HTML, with its addresses as links. */
    static String linked(String text) {
        // Escaping comes second: an address ends at a quote or at an angle bracket, and keeps its ampersands.
        StringBuilder html = new StringBuilder();
        int end = 0;
        for (var address : ADDRESS.matcher(text).results().toList()) {
            html.append(Html.escape(text.substring(end, address.start())));
            html.append(Html.link(address.group(), address.group()));
            end = address.end();
        }
        return html.append(Html.escape(text.substring(end))).toString();
    }
}
