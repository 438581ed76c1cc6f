package io.github.totpguard.keycloak.notify.mail;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.policy.GuardNames;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.forms.login.freemarker.model.UrlBean;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;
import org.keycloak.theme.Theme;

/** The user who gets a mail. The user is read again when the mail is written. */
final class MailRecipient {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    private MailRecipient(GuardedUser recipient) {
        this.session = recipient.session();
        this.realm = recipient.realm();
        this.user = recipient.user();
    }

    /**
     * Empty if the realm or the user no longer exists.
     *
     * @param session a session for this mail only; this method sets its realm
     */
    static Optional<MailRecipient> find(KeycloakSession session, SecurityMail mail) {
        RealmModel realm = session.realms().getRealm(mail.realmId());
        if (realm == null) {
            return Optional.empty();
        }
        session.getContext().setRealm(realm);
        return Optional.ofNullable(session.users().getUserById(realm, mail.userId()))
                .map(user -> mail.address().isPresent()
                        ? new FormerAddress(user, mail.address().get())
                        : user)
                .map(user -> new MailRecipient(new GuardedUser(session, realm, user)));
    }

    /** Why no mail can or should be sent; empty if it can. */
    Optional<String> obstacle() {
        if (realm.getSmtpConfig().isEmpty()) {
            return Optional.of("the realm has no mail server");
        }
        if (user.getEmail() == null || user.getEmail().isBlank()) {
            return Optional.of("no address");
        }
        if (user instanceof FormerAddress) {
            // Keycloak does not keep whether a former address was verified. The mail is sent anyway, because the user
            // must learn of a theft.
            return Optional.empty();
        }
        // Like Keycloak's own mails about events: an unverified address may belong to another person.
        return user.isEmailVerified() ? Optional.empty() : Optional.of("the address is not verified");
    }

    void send(SecurityMail mail) throws EmailException {
        // The user's own language, or the realm's. The browser's language is not used, because the browser may be an
        // attacker's.
        SecurityMailModel model = mail.content()
                .model(mail, new MailAddressee(realmName(), UserTime.of(session, user), factorsPage(mail)));
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("totpGuardNotice", model);
        if (mail.server().isPresent()) {
            // For themes with pictures. Within a request, or if the hostname is configured, Keycloak's own attribute
            // replaces this one.
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

    private Optional<String> factorsPage(SecurityMail mail) {
        return mail.server()
                .filter(server -> Optional.ofNullable(realm.getClientByClientId(GuardNames.ACCOUNT_CLIENT))
                        .filter(ClientModel::isEnabled)
                        .isPresent())
                .map(server -> UriBuilder.fromUri(server)
                        .path("realms")
                        .segment(realm.getName(), GuardNames.RESOURCE, "account")
                        .build()
                        .toString());
    }

    /** The user with the former address, for Keycloak's mailer. */
    private static final class FormerAddress extends UserModelDelegate {
        private final String address;

        FormerAddress(UserModel user, String address) {
            super(user);
            this.address = address;
        }

        @Override
        public String getEmail() {
            return address;
        }
    }

    private Theme theme() throws EmailException {
        try {
            return session.theme().getTheme(Theme.Type.EMAIL);
        } catch (IOException e) {
            throw new EmailException("Reading the realm's e-mail theme failed", e);
        }
    }

    private String realmName() {
        return Optional.ofNullable(realm.getDisplayName())
                .filter(name -> !name.isBlank())
                .orElse(realm.getName());
    }
}
