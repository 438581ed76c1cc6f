package io.github.totpguard.themes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.keycloak.forms.login.MessageType;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.KeycloakSanitizerMethod;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeResourcesParser;
import org.keycloak.theme.beans.MessageBean;
import org.keycloak.theme.beans.MessageFormatterMethod;
import org.keycloak.theme.beans.MessagesPerFieldBean;
import org.keycloak.theme.freemarker.DefaultFreeMarkerProvider;

/** One of our login pages, with the complete model that Keycloak and our providers build. */
final class Page {
    static final List<String> ALL = List.of(
            "totp-guard-code.ftl",
            "totp-guard-setup.ftl",
            "totp-guard-prove.ftl",
            "totp-guard-reset.ftl",
            "totp-guard-backup-code.ftl",
            "totp-guard-backup-codes.ftl",
            "totp-guard-limit.ftl",
            "totp-guard-kept.ftl",
            "totp-guard-lost.ftl",
            "totp-guard-rename.ftl",
            "totp-guard-locked.ftl",
            "totp-guard-unavailable.ftl");

    static final String QR =
            "<svg id=\"totp-guard-qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\" role=\"img\">"
                    + "<title>QR code</title><path d=\"M4 4h7v1h-7z\"/></svg>";
    static final String RESOURCES = "/resources/abcde/login/theme";

    private final String template;
    private final Map<String, Object> model = new HashMap<>();
    private final Map<String, Object> setup = new HashMap<>();
    private final Map<String, Object> backupCodes = new HashMap<>();
    private final MessagesPerFieldBean messagesPerField = new MessagesPerFieldBean();
    private Locale locale = Locale.ENGLISH;

    Page(String template) {
        this.template = template;
        setup.put("uri", "otpauth://totp/Demo:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Demo");
        setup.put("key", "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
        setup.put("qrSvg", QR);
        setup.put("issuer", "Demo");
        setup.put("account", "alice");
        setup.put("label", "Authenticator app");
        setup.put("standardParameters", true);
        setup.put("algorithm", "SHA1");
        setup.put("digits", 6);
        setup.put("periodSeconds", 30);
        setup.put("replaced", List.of());
        model.put("totpGuardSetup", setup);
        model.put("totpGuardTrustDays", 30);
        model.put("totpGuardMaxDevices", 5);
        model.put("totpGuardRefusal", "This is the last one.");
        model.put(
                "totpGuardDevices",
                List.of(Map.of("id", "id-1", "label", "Blue phone"), Map.of("id", "id-2", "label", "Old phone")));
        model.put("totpGuardBackupCode", Map.of("inOrder", false, "number", 0));
        backupCodes.put("codes", List.of("01-ABCDE-FGHJK-MNPQR", "02-STVWX-YZ012-34567"));
        backupCodes.put("confirmedByCode", false);
        backupCodes.put("offer", false);
        backupCodes.put("left", 0);
        backupCodes.put("realm", "Demo");
        backupCodes.put("user", "alice");
        backupCodes.put("date", "2026-11-22");
        backupCodes.put("fileName", "backup-codes-demo-2026-11-22.txt");
        model.put("totpGuardBackupCodes", backupCodes);
        model.put("totpGuardReset", reset(Map.of()));
        model.put("totpGuardProof", proof("DEVICE", false));
        model.put("totpGuardLocked", locked(5));
    }

    /** The model of the reset page, for a user with a device unless {@code other} replaces that. */
    static Map<String, Object> reset(Map<String, Object> other) {
        Map<String, Object> reset = new HashMap<>(Map.of(
                "proved", false, "mailLinkEnough", false, "device", true, "backupCodes", false, "keys", List.of()));
        reset.putAll(other);
        return reset;
    }

    /** The model of the page of a lock that ends by itself. */
    static Map<String, Object> locked(int minutes) {
        return Map.of(
                "hard",
                false,
                "until",
                1_800_000_000L,
                "untilIso",
                "2027-01-15T08:00:00Z",
                "untilText",
                "08:00 UTC",
                "minutes",
                minutes);
    }

    /** The policy's contact for help. */
    static Map<String, Object> help(String text, String link, boolean web) {
        return Map.of("text", text, "link", link, "web", web);
    }

    /** The model of the page that asks for a proof. */
    static Map<String, Object> proof(String way, boolean key) {
        return Map.of(
                "reason",
                "totpGuard.prove.for.DEVICE",
                "way",
                way,
                "key",
                key,
                "instruction",
                "totpGuard.prove.by." + way,
                "use",
                "totpGuard.prove.use." + way,
                "others",
                List.of(Map.of("way", "PASSKEY", "use", "totpGuard.prove.use.PASSKEY")));
    }

    Page inLanguage(Locale language) {
        locale = language;
        return this;
    }

    Page withSetup(String property, Object value) {
        setup.put(property, value);
        return this;
    }

    Page withBackupCodes(String property, Object value) {
        backupCodes.put(property, value);
        return this;
    }

    Page withError(String field, String text) {
        messagesPerField.addMessage(field, text, MessageType.ERROR);
        model.put("message", new MessageBean(text, MessageType.ERROR));
        return this;
    }

    Page askedForByAnApplication() {
        model.put("isAppInitiatedAction", true);
        return this;
    }

    Page withOtherWaysToSignIn() {
        model.put("auth", new OtherWays());
        return this;
    }

    Page with(String attribute, Object value) {
        model.put(attribute, value);
        return this;
    }

    /** The whole page, in the frame of the theme. */
    String in(LoginTheme theme) {
        return render(theme.complete());
    }

    /** Only the sections that we add to the page. */
    Html sectionsIn(LoginTheme theme) {
        return Html.parse(render(theme.withoutFrame()));
    }

    private String render(Theme theme) {
        try {
            Properties properties = theme.getProperties();
            Map<String, Object> attributes = new HashMap<>();
            attributes.put("msg", new MessageFormatterMethod(locale, theme.getMessages(locale)));
            attributes.put("messagesPerField", messagesPerField);
            attributes.put("properties", properties);
            attributes.put("themeResources", ThemeResourcesParser.parse(properties));
            attributes.put("darkMode", Boolean.parseBoolean(properties.getProperty("darkMode")));
            attributes.put("lang", locale.toLanguageTag());
            attributes.put("locale", Map.of("rtl", Messages.isRightToLeft(locale), "supported", List.of()));
            attributes.put("title", "Sign in to demo");
            attributes.put("pageId", template.replace(".ftl", ""));
            attributes.put("scripts", List.of());
            attributes.put("realm", Map.of("internationalizationEnabled", true, "displayNameHtml", "demo"));
            attributes.put(
                    "url",
                    Map.of(
                            "loginAction",
                                    "http://localhost/realms/demo/login-actions/authenticate?execution=1&tab_id=2",
                            "loginResetCredentialsUrl", "http://localhost/realms/demo/login-actions/reset-credentials",
                            "loginRestartFlowUrl", "http://localhost/realms/demo/login-actions/restart",
                            "ssoLoginInOtherTabsUrl", "http://localhost/realms/demo/login-actions/restart?x=1",
                            "resourcesPath", RESOURCES,
                            "resourcesCommonPath", "/resources/abcde/common/keycloak"));
            attributes.putAll(model);
            return new DefaultFreeMarkerProvider(null, new NotSanitizing())
                    .processTemplate(attributes, template, theme);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FreeMarkerException e) {
            throw new AssertionError(template + " in " + theme.getName(), e);
        }
    }

    /** Stands for Keycloak's AuthenticationContextBean. Public, because FreeMarker does not call it otherwise. */
    public static final class OtherWays {
        public List<Map<String, Object>> getAuthenticationSelections() {
            return List.of(way("totp-guard-form"), way("totp-guard-backup-code-form"), way("webauthn-authenticator"));
        }

        private static Map<String, Object> way(String authenticator) {
            return Map.of(
                    "authExecId",
                    "execution of " + authenticator,
                    "authenticationExecution",
                    Map.of("authenticator", authenticator));
        }

        public boolean showTryAnotherWayLink() {
            return true;
        }

        public boolean showUsername() {
            return false;
        }

        public boolean showResetCredentials() {
            return false;
        }
    }

    /**
     * The frames sanitise the texts of administrators. No text of these tests needs it, and its library is not on our
     * class path.
     */
    private static final class NotSanitizing extends KeycloakSanitizerMethod {
        @Override
        @SuppressWarnings("rawtypes")
        public Object exec(List arguments) {
            return arguments.get(0).toString();
        }
    }
}
