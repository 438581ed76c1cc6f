package io.github.totpguard.keycloak.policy;

import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.keycloak.policy.GuardPolicy.AccountName;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.TemplatingUtil;
import org.keycloak.theme.Theme;

/**
 * The issuer and account name under which an app lists the account. Characters that the key URI format cannot carry
 * become spaces (a colon separates the two names), so that users of a realm named {@code Acme: Test} can still enrol.
 */
public final class AppNames {
    /** The maximum length. A longer name makes the QR code denser, and apps cut it off anyway. */
    private static final int MAX_CODE_POINTS = 64;

    private static final String LAST_RESORT = "Keycloak";

    private AppNames() {}

    /** The issuer: the realm's name in apps. */
    public static String issuer(KeycloakSession session, RealmModel realm, UserModel user, GuardPolicy policy) {
        return firstUsable(Stream.of(
                policy.issuer(),
                Optional.ofNullable(realm.getDisplayName()).map(name -> withVariables(name, session, realm, user)),
                Optional.ofNullable(realm.getName())));
    }

    /** The account name: the user's name in apps. */
    public static String account(UserModel user, GuardPolicy policy) {
        Optional<String> email =
                policy.accountName() == AccountName.EMAIL ? Optional.ofNullable(user.getEmail()) : Optional.empty();
        return firstUsable(Stream.of(email, Optional.ofNullable(user.getUsername())));
    }

    static String firstUsable(Stream<Optional<String>> names) {
        return names.flatMap(Optional::stream)
                .map(AppNames::usable)
                .filter(name -> !OtpAuthUri.isBlank(name))
                .findFirst()
                .orElse(LAST_RESORT);
    }

    static String usable(String name) {
        StringBuilder usable = new StringBuilder();
        name.codePoints()
                .map(c -> isCarried(c) ? c : ' ')
                .limit(MAX_CODE_POINTS)
                .forEach(usable::appendCodePoint);
        return usable.toString().strip().replaceAll(" {2,}", " ");
    }

    private static boolean isCarried(int codePoint) {
        return codePoint != ':'
                && !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE;
    }

    /** Resolves a display name that contains message keys, {@code ${...}}. */
    private static String withVariables(String name, KeycloakSession session, RealmModel realm, UserModel user) {
        try {
            Locale locale = session.getContext().resolveLocale(user);
            return TemplatingUtil.resolveVariables(
                    name, session.theme().getTheme(Theme.Type.LOGIN).getEnhancedMessages(realm, locale));
        } catch (IOException e) {
            // If the theme's messages cannot be read, the next page reports that.
            return name;
        }
    }
}
