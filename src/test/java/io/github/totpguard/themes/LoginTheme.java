package io.github.totpguard.themes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.ClassLoaderTheme;
import org.keycloak.theme.Theme;

/**
 * The login themes that our pages must work in. As in Keycloak's own chain, a template is looked up in the theme, then
 * in its parents, and last in our {@code theme-resources}.
 */
enum LoginTheme {
    KEYCLOAK_V2(Optional.empty(), "keycloak.v2", "base"),
    KEYCLOAK_V1(Optional.empty(), "keycloak", "base"),
    /** A custom theme that has only its own template.ftl, over Keycloak's base theme. */
    OWN_TEMPLATE(Optional.of(Templates.OWN), "base"),
    /** The same theme without any parent: it has no macro and no property of Keycloak's. */
    WITHOUT_PARENT(Optional.of(Templates.OWN));

    private final Optional<URL> ownTemplate;
    private final List<String> parents;

    LoginTheme(Optional<URL> ownTemplate, String... parents) {
        this.ownTemplate = ownTemplate;
        this.parents = List.of(parents);
    }

    /** The page as in a realm, inside the theme's own template.ftl. */
    Theme complete() {
        return new Chain(name(), ownTemplate, parents);
    }

    /** The page with the macros and properties of the theme, but with a template.ftl that prints only our sections. */
    Theme withoutFrame() {
        return new Chain(name() + "-without-frame", Optional.of(Templates.OWN), parents);
    }

    private static final class Templates {
        private static final URL OWN = write(
                """
                <#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
                <!DOCTYPE html>
                <html lang="${lang}">
                <head><title>${title}</title></head>
                <body>
                <h1><#nested "header"></h1>
                <#if displayMessage && message?has_content><p id="message">${message.summary}</p></#if>
                <main><#nested "form"></main>
                </body>
                </html>
                </#macro>
                """);

        private static URL write(String template) {
            try {
                Path file = Files.createTempFile("template", ".ftl");
                file.toFile().deleteOnExit();
                Files.writeString(file, template);
                return file.toUri().toURL();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Chain implements Theme {
        private static final ClassLoader CLASS_LOADER = LoginTheme.class.getClassLoader();

        private final String name;
        private final Optional<URL> ownTemplate;
        private final List<Theme> themes = new ArrayList<>();

        private Chain(String name, Optional<URL> ownTemplate, List<String> parents) {
            this.name = name;
            this.ownTemplate = ownTemplate;
            for (String parent : parents) {
                themes.add(keycloaks(parent));
            }
        }

        private static Theme keycloaks(String theme) {
            try {
                return new ClassLoaderTheme(theme, Type.LOGIN, CLASS_LOADER);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getName() {
            return name;
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
            return Type.LOGIN;
        }

        @Override
        public URL getTemplate(String template) throws IOException {
            if (ownTemplate.isPresent() && template.equals("template.ftl")) {
                return ownTemplate.get();
            }
            for (Theme theme : themes) {
                URL url = theme.getTemplate(template);
                if (url != null) {
                    return url;
                }
            }
            return CLASS_LOADER.getResource("theme-resources/templates/" + template);
        }

        @Override
        public InputStream getResourceAsStream(String path) {
            throw new UnsupportedOperationException(path);
        }

        @Override
        public Properties getMessages(Locale locale) throws IOException {
            return getMessages("messages", locale);
        }

        @Override
        public Properties getMessages(String baseBundlename, Locale locale) throws IOException {
            Properties messages = new Properties();
            for (Locale language : Messages.applicable(locale)) {
                messages.putAll(Messages.ours(baseBundlename, language));
                // The labels of Keycloak's buttons, which every theme in use inherits or defines.
                messages.putAll(keycloaks("base").getMessages(baseBundlename, language));
            }
            return messages;
        }

        @Override
        public Properties getEnhancedMessages(RealmModel realm, Locale locale) throws IOException {
            return getMessages(locale);
        }

        @Override
        public Properties getProperties() throws IOException {
            Properties properties = new Properties();
            for (int i = themes.size() - 1; i >= 0; i--) {
                properties.putAll(themes.get(i).getProperties());
            }
            return properties;
        }
    }
}
