package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustedBrowserRecord;
import io.github.totpguard.core.trust.TrustedBrowsers;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.TrustFingerprint;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.mail.UserTime;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialMetadata;
import org.keycloak.credential.CredentialMetadata.LocalizedMessage;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The trusted browsers as the consoles show them. */
final class TrustedBrowserCredentials implements CredentialProvider<CredentialModel> {
    private static final String UNKNOWN = "?";

    private final KeycloakSession session;
    private Optional<UserModel> shownTo = Optional.empty();

    TrustedBrowserCredentials(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public String getType() {
        return GuardNames.TRUSTED_BROWSER;
    }

    /**
     * Called for imports. The row of another server does not make a browser trusted, because the user's state here has
     * no token family for it.
     */
    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        return user.credentialManager().createStoredCredential(credential);
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
        return user.credentialManager().removeStoredCredentialById(credentialId);
    }

    @Override
    public CredentialModel getCredentialFromModel(CredentialModel model) {
        return model;
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        // The account console calls this first, and then asks for each credential without naming its user.
        shownTo = Optional.ofNullable(context.getUser());
        return CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("totpGuard.trust.title")
                .helpText("totpGuard.trust.help")
                .iconCssClass(CredentialTypeMetadata.DEFAULT_ICON_CSS_CLASS)
                .removeable(true)
                .build(session);
    }

    @Override
    public CredentialMetadata getCredentialMetadata(CredentialModel credential, CredentialTypeMetadata type) {
        CredentialMetadata metadata = new CredentialMetadata();
        metadata.setCredentialModel(credential);
        shownTo.ifPresent(user -> describe(metadata, credential.getId(), user));
        return metadata;
    }

    private void describe(CredentialMetadata metadata, String id, UserModel user) {
        GuardedUser guarded = new GuardedUser(session, session.getContext().getRealm(), user);
        try {
            TrustedBrowsers browsers = new TrustGate(guarded).present();
            Instant now = ServerTime.now();
            if (browsers.isStanding(id, TrustFingerprint.of(guarded), now)) {
                metadata.setInfoProperties(properties(browsers.lines().get(id), UserTime.of(session, user)));
            } else {
                metadata.setInfoMessage("totpGuard.trust.over");
            }
        } catch (VerificationUnavailableException e) {
            // The gate has logged it. The list is shown without these details, so that the user can still remove its
            // entries.
        }
    }

    private static List<LocalizedMessage> properties(TrustedBrowserRecord browser, UserTime time) {
        return List.of(
                property("totpGuard.trust.lastUsed", time.second(browser.lastUsed())),
                property("totpGuard.trust.address", browser.address().orElse(UNKNOWN)),
                property("totpGuard.trust.until", time.second(browser.expires())));
    }

    private static LocalizedMessage property(String key, String value) {
        return new LocalizedMessage(key, new Object[] {value});
    }
}
