package io.github.totpguard.keycloak.otp;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.session.RemovalRequest;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.sealing.OtpCredentialSealer;
import io.github.totpguard.keycloak.sealing.UnsealingException;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialMetadata;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The provider of {@code otp} credentials. It extends Keycloak's provider because Keycloak casts to that class in five
 * places. It changes only where a code is checked and how a secret is stored. If TOTP Guard is off in the realm, it
 * behaves like Keycloak's provider, but still opens sealed secrets.
 */
final class GuardedOtpCredentialProvider extends OTPCredentialProvider {
    private final UnguardedOtp unguarded;

    GuardedOtpCredentialProvider(KeycloakSession session) {
        super(session);
        this.unguarded = new UnguardedOtp(session);
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        if (!GuardPolicy.isOn(realm)) {
            return unguarded.holdsSealed(realm, user, input)
                    ? unguarded.isValid(realm, user, input)
                    : super.isValid(realm, user, input);
        }
        if (!(input instanceof UserCredentialModel) || input.getChallengeResponse() == null) {
            return false;
        }
        try {
            return new GuardedUser(session, realm, user)
                    .gate()
                    .attempt(input.getChallengeResponse(), Channel.BUILT_IN)
                    .accepted();
        } catch (VerificationUnavailableException e) {
            // The gate has logged it. Callers of this interface understand only true or false.
            return false;
        }
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, OTPCredentialModel credential) {
        if (GuardPolicy.isOn(realm) && isEnrolment()) {
            seal(realm, user, credential);
        }
        return super.createCredential(realm, user, credential);
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        if (!GuardPolicy.isOn(session.getContext().getRealm())) {
            return super.getCredentialTypeMetadata(context);
        }
        return CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("totpGuard.device.title")
                .helpText("totpGuard.device.help")
                .iconCssClass("kcAuthenticatorOTPClass")
                .createAction(GuardNames.SETUP_ACTION)
                .removeable(RemovalRequest.of(session).allows(context.getUser(), getType()))
                .build(session);
    }

    @Override
    public CredentialMetadata getCredentialMetadata(OTPCredentialModel credential, CredentialTypeMetadata type) {
        CredentialMetadata metadata = super.getCredentialMetadata(credential, type);
        RealmModel realm = session.getContext().getRealm();
        UserSessionModel login = session.getContext().getUserSession();
        if (GuardPolicy.isOn(realm) && login != null) {
            new LastUse(new GuardedUser(session, realm, login.getUser())).describe(metadata, credential.getId());
        }
        return metadata;
    }

    /**
     * Whether the credential is created by an enrolment. Imports call this method too, with rows that another server
     * wrote, possibly before the realm has its keys. Imported rows stay unchanged until their first use.
     */
    private boolean isEnrolment() {
        return session.getContext().getAuthenticationSession() != null;
    }

    private void seal(RealmModel realm, UserModel user, OTPCredentialModel credential) {
        if (credential.getId() == null) {
            // The id is sealed with the secret, so it must exist before the database assigns one.
            credential.setId(KeycloakModelUtils.generateId());
        }
        try {
            OtpCredentialSealer.of(session, realm, user).seal(credential);
        } catch (UnsealingException e) {
            throw new IllegalArgumentException("The new credential has no readable secret", e);
        }
    }
}
