package io.github.totpguard.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.Executors;

/** The site beside Keycloak: users, application, mails, one-time codes. It listens on this machine only. */
final class Site {

    private static final int THREADS = 4;

    private final DemoSettings settings;
    private final UsersPage users;
    private final ApplicationPage application;
    private final MailsPage mails;
    private final CodesPage codes = new CodesPage();

    Site(DemoSettings settings, People people, Mailbox mailbox, RealmPreparation preparation) {
        this.settings = settings;
        this.users = new UsersPage(settings, people, preparation);
        this.application = new ApplicationPage(settings);
        this.mails = new MailsPage(mailbox);
    }

    static void start(DemoSettings settings, People people, Mailbox mailbox, RealmPreparation preparation)
            throws IOException {
        Site site = new Site(settings, people, mailbox, preparation);
        HttpServer server = HttpServer.create(new InetSocketAddress(DemoSettings.ADDRESS, settings.sitePort()), 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "demo site");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", site::serve);
        server.start();
    }

    static Answer notFound() {
        return Answer.refused(404, "Not found", "There is no such page. Start at the first page of the demo.");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange).send(exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Visit visit = Visit.of(exchange);
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        if (!isOurs(host)) {
            // Another name that leads to this machine (DNS rebinding) would let another site's page read the codes.
            return Answer.refused(421, "Wrong address", "Open " + settings.site() + "/ instead.");
        }
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (visit.isPost() && origin != null && !origin.equals("http://" + host)) {
            return Answer.refused(403, "Refused", "This form was sent by another site.");
        }
        try {
            return answer(visit);
        } catch (DemoFailure e) {
            return Answer.refused(502, "This did not work", e.getMessage());
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            System.err.println(trace);
            return Answer.refused(500, "This did not work", "The demo's console says why.");
        }
    }

    Answer answer(Visit visit) {
        String path = visit.path();
        if (visit.isPost()) {
            return switch (path) {
                case UsersPage.LOCK -> users.lock();
                case UsersPage.UNLOCK -> users.unlock();
                case CodesPage.PATH -> codes.answer(visit);
                default -> notFound();
            };
        }
        if (path.equals(ApplicationPage.PATH) || path.startsWith(ApplicationPage.PATH + "/")) {
            return application.answer(visit);
        }
        if (path.equals(MailsPage.PATH) || path.startsWith(MailsPage.PATH + "/")) {
            return mails.answer(visit);
        }
        return switch (path) {
            case UsersPage.PATH -> users.show();
            case UsersPage.CODES -> users.codes();
            case CodesPage.PATH -> codes.answer(visit);
            case "/site.css" -> Answer.of("text/css", SiteFiles.STYLE);
            case "/site.js" -> Answer.of("text/javascript", SiteFiles.SCRIPT);
            default -> notFound();
        };
    }

    private boolean isOurs(String host) {
        return Set.of("localhost:" + settings.sitePort(), DemoSettings.ADDRESS + ":" + settings.sitePort())
                .contains(host);
    }
}
