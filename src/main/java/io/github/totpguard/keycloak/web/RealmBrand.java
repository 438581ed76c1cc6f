package io.github.totpguard.keycloak.web;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.theme.Theme;

/**
 * How a realm presents itself on the page: its display name, and the policy's {@code pageLogo}. The logo is a file of the
 * realm's login theme, because Keycloak serves it from the page's own origin; the page loads no other picture.
 *
 * @param logo the path of the picture on this server
 */
record RealmBrand(String name, Optional<String> logo) {
    private static final Logger LOG = Logger.getLogger(RealmBrand.class);

    static RealmBrand of(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        String displayName = realm.getDisplayName();
        return new RealmBrand(
                displayName == null || displayName.isBlank() ? realm.getName() : displayName.strip(),
                file(realm).flatMap(file -> path(session, file)));
    }

    private static Optional<String> file(RealmModel realm) {
        try {
            return GuardPolicy.of(realm).flatMap(GuardPolicy::pageLogo);
        } catch (InvalidPolicyException e) {
            // It is logged where the policy decides.
            return Optional.empty();
        }
    }

    /** Empty if the theme has no such file: the page shows no broken picture. */
    private static Optional<String> path(KeycloakSession session, String file) {
        try {
            Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
            try (InputStream found = theme.getResourceAsStream(file)) {
                if (found == null) {
                    LOG.warnf("The login theme %s has no file %s for the policy's pageLogo", theme.getName(), file);
                    return Optional.empty();
                }
            }
            String root =
                    Urls.themeRoot(session.getContext().getUri().getBaseUri()).getPath();
            String type = Theme.Type.LOGIN.name().toLowerCase(Locale.ROOT);
            return Optional.of(String.join("/", root, type, theme.getName(), file));
        } catch (IOException e) {
            LOG.warnf(e, "The login theme cannot be read for the policy's pageLogo");
            return Optional.empty();
        }
    }

    /** Logo and name as HTML. The logo is decoration, because the name stands beside it. */
    String html() {
        return logo.map(path -> "<img src=\"" + escape(path) + "\" alt=\"\"> ").orElse("") + "<bdi>" + escape(name)
                + "</bdi>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
