package io.github.totpguard.keycloak.notify;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.forms.login.freemarker.model.UrlBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** The user to whom a mail goes, read anew when it is written. */
final class MailRecipient {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    private MailRecipient(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /**
     * Empty if realm or user are gone.
     *
     * @param session one of its own, whose realm is set
     */
    static Optional<MailRecipient> find(KeycloakSession session, String realmId, String userId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return Optional.empty();
        }
        session.getContext().setRealm(realm);
        return Optional.ofNullable(session.users().getUserById(realm, userId))
                .map(user -> new MailRecipient(session, realm, user));
    }

    /** Why no mail can or should go there, if so. */
    Optional<String> obstacle() {
        if (realm.getSmtpConfig().isEmpty()) {
            return Optional.of("the realm has no mail server");
        }
        if (user.getEmail() == null || user.getEmail().isBlank()) {
            return Optional.of("no address");
        }
        // As with Keycloak's own mails about events: an address that nobody has confirmed may be a stranger's.
        return user.isEmailVerified() ? Optional.empty() : Optional.of("the address is not verified");
    }

    void send(NoticeMail mail) throws EmailException {
        // The user's own language, or the realm's, as this session is no browser's: that one may be an attacker's.
        NoticeMailModel model = mail.content().model(mail, new MailAddressee(realmName(), UserTime.of(session, user)));
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("totpGuardNotice", model);
        if (mail.server().isPresent()) {
            // For themes with pictures. Keycloak's own takes its place within a request, or where its address is
            // configured.
            attributes.put("url", new UrlBean(realm, theme(), mail.server().get(), null));
        }
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(user)
                .send(
                        mail.content().subject(),
                        List.of(model.getRealm()),
                        mail.content().template(),
                        attributes);
    }

    private Theme theme() throws EmailException {
        try {
            return session.theme().getTheme(Theme.Type.EMAIL);
        } catch (IOException e) {
            throw new EmailException("The realm's e-mail theme cannot be read", e);
        }
    }

    private String realmName() {
        return Optional.ofNullable(realm.getDisplayName())
                .filter(name -> !name.isBlank())
                .orElse(realm.getName());
    }
}
