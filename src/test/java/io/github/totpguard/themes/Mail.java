package io.github.totpguard.themes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.ClassLoaderTheme;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;
import org.keycloak.theme.beans.MessageFormatterMethod;
import org.keycloak.theme.freemarker.DefaultFreeMarkerProvider;

/** One of our mails in Keycloak's own e-mail theme, with the complete model that Keycloak and our provider build. */
final class Mail {
    static final List<String> ALL =
            List.of("totp-guard-mail-locked.ftl", "totp-guard-mail-wrong-codes.ftl", "totp-guard-mail-change.ftl");

    private final String template;
    private final Map<String, Object> notice = new HashMap<>();
    private Locale locale = Locale.ENGLISH;

    Mail(String template) {
        this.template = template;
        notice.put("realm", "Example");
        notice.put("time", "the time of the attempt");
        notice.put("browser", "Firefox 145, Linux");
        notice.put("address", "192.0.2.7");
        notice.put("lockedUntil", "the end of the lock");
        notice.put("passwordChange", false);
        notice.put("change", "totpGuard.mail.change.deviceAdded");
        notice.put("name", "");
        notice.put("left", 0);
        notice.put("counted", false);
        notice.put("byAdministrator", false);
    }

    Mail with(String property, Object value) {
        notice.put(property, value);
        return this;
    }

    Mail inLanguage(Locale language) {
        locale = language;
        return this;
    }

    String html() {
        return render("html/" + template);
    }

    String text() {
        return render("text/" + template);
    }

    private String render(String file) {
        try {
            Theme theme = new EmailTheme();
            Map<String, Object> attributes = new HashMap<>();
            attributes.put("locale", locale);
            attributes.put("ltr", !Messages.isRightToLeft(locale));
            attributes.put("msg", new MessageFormatterMethod(locale, theme.getMessages(locale)));
            attributes.put("totpGuardNotice", notice);
            return new DefaultFreeMarkerProvider(null, null).processTemplate(attributes, file, theme);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FreeMarkerException e) {
            throw new AssertionError(file, e);
        }
    }

    /** Keycloak's base theme, then our {@code theme-resources}. */
    private static final class EmailTheme implements Theme {
        private static final ClassLoader CLASS_LOADER = Mail.class.getClassLoader();

        private final Theme base;

        private EmailTheme() throws IOException {
            base = new ClassLoaderTheme("base", Type.EMAIL, CLASS_LOADER);
        }

        @Override
        public String getName() {
            return "base";
        }

        @Override
        public String getParentName() {
            return null;
        }

        @Override
        public String getImportName() {
            return null;
        }

        @Override
        public Type getType() {
            return Type.EMAIL;
        }

        @Override
        public URL getTemplate(String name) throws IOException {
            URL ofBase = base.getTemplate(name);
            return ofBase != null ? ofBase : CLASS_LOADER.getResource("theme-resources/templates/" + name);
        }

        @Override
        public InputStream getResourceAsStream(String path) {
            throw new UnsupportedOperationException(path);
        }

        @Override
        public Properties getMessages(Locale language) throws IOException {
            return getMessages("messages", language);
        }

        @Override
        public Properties getMessages(String baseBundlename, Locale language) throws IOException {
            Properties messages = new Properties();
            for (Locale applicable : Messages.applicable(language)) {
                messages.putAll(Messages.ours(baseBundlename, applicable));
            }
            return messages;
        }

        @Override
        public Properties getEnhancedMessages(RealmModel realm, Locale language) throws IOException {
            return getMessages(language);
        }

        @Override
        public Properties getProperties() throws IOException {
            return base.getProperties();
        }
    }
}
