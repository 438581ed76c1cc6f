package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.RealmModel;

/**
 * Whom users ask for help, from the policy key {@code helpContact}; public with getters because FreeMarker reads it. Without
 * it, the pages name the administrator.
 */
public final class HelpContact {
    private static final String ATTRIBUTE = "totpGuardHelp";

    /** Only addresses that need no escaping in a {@code mailto:} URI. Others are shown as text. */
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    /** No other scheme becomes a link, so {@code javascript:} is a text. */
    private static final Pattern WEB = Pattern.compile("https?://[!-~]+");

    private final String text;

    HelpContact(String text) {
        this.text = text;
    }

    /** Adds the contact to a page, as {@code totpGuardHelp}. */
    static LoginFormsProvider on(LoginFormsProvider form, RealmModel realm) {
        return of(realm).map(contact -> form.setAttribute(ATTRIBUTE, contact)).orElse(form);
    }

    /** The contact of this realm; empty if its policy names none. */
    public static Optional<HelpContact> of(RealmModel realm) {
        try {
            return GuardPolicy.of(realm).flatMap(GuardPolicy::helpContact).map(HelpContact::new);
        } catch (InvalidPolicyException e) {
            // The gate reports the invalid policy at the next code.
            return Optional.empty();
        }
    }

    public String getText() {
        return text;
    }

    /** The target of a link; empty if the contact is not an address. */
    public String getLink() {
        if (EMAIL.matcher(text).matches()) {
            return "mailto:" + text;
        }
        return isWeb() ? text : "";
    }

    /** Whether the link leads to a page, which has to open beside the login. */
    public boolean isWeb() {
        return WEB.matcher(text).matches();
    }
}
