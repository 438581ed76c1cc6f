package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.gate.session.RemovalRequest;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.page.BackupCodesOffer;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.sealing.BackupCodeHash;
import java.util.Optional;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialMetadata;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.credential.RecoveryAuthnCodesCredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/**
 * The provider of {@code recovery-authn-codes} credentials. It extends Keycloak's provider, because Keycloak casts to
 * that class. If TOTP Guard is off in a realm, it works like Keycloak's provider, but still checks codes that TOTP
 * Guard created.
 */
final class GuardedBackupCodesProvider extends RecoveryAuthnCodesCredentialProvider {
    /** The account console warns if fewer codes are left, that is, three or fewer. */
    private static final int ENOUGH = StoredBackupCodes.FEW + 1;

    private final KeycloakSession session;

    GuardedBackupCodesProvider(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        if (input.getChallengeResponse() == null) {
            return false;
        }
        try {
            Optional<StoredBackupCodes> codes = StoredBackupCodes.of(user);
            if (codes.isEmpty()) {
                return false;
            }
            if (GuardPolicy.isOn(realm)) {
                return new GuardedUser(session, realm, user)
                        .gate()
                        .attemptBackupCode(input.getChallengeResponse(), Channel.BUILT_IN)
                        .accepted();
            }
            return codes.get().areKeycloaks()
                    ? super.isValid(realm, user, input)
                    : codes.get().spendUnguarded(input.getChallengeResponse(), BackupCodeHash.of(session, realm), user);
        } catch (VerificationUnavailableException e) {
            // Callers of this interface understand only true or false.
            e.logged("No verification");
            return false;
        }
    }

    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        // If the session has no proof, this call ends the DELETE request of the account REST API.
        boolean removeable = RemovalRequest.of(session).allows(context.getUser(), getType());
        if (!isGuardOn()) {
            return super.getCredentialTypeMetadata(context);
        }
        return CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.TWO_FACTOR)
                .displayName("totpGuard.backup.title")
                .helpText("totpGuard.backup.help")
                .iconCssClass("kcAuthenticatorRecoveryAuthnCodesClass")
                .createAction(
                        BackupCodesOffer.action(session.getContext().getRealm()).orElse(GuardNames.BACKUP_CODES_ACTION))
                .removeable(removeable)
                .build(session);
    }

    /**
     * The same facts in our words. The label goes, as Keycloak's page stores its own name for the codes there and the
     * account console prefers it. The model is a copy, so the stored label stays.
     */
    @Override
    public CredentialMetadata getCredentialMetadata(
            RecoveryAuthnCodesCredentialModel credential, CredentialTypeMetadata type) {
        CredentialMetadata metadata = super.getCredentialMetadata(credential, type);
        if (!isGuardOn()) {
            return metadata;
        }
        metadata.getCredentialModel().setUserLabel(null);
        parameter(metadata.getInfoMessage())
                .ifPresent(used -> metadata.setInfoMessage("totpGuard.account.codesUsed", used));
        parameter(metadata.getWarningMessageTitle()).ifPresent(left -> {
            metadata.setWarningMessageTitle("totpGuard.account.codesLeft", left);
            metadata.setWarningMessageDescription("totpGuard.account.codesFew");
        });
        return metadata;
    }

    /** The one number in a message of Keycloak's. */
    private static Optional<String> parameter(CredentialMetadata.LocalizedMessage message) {
        return Optional.ofNullable(message)
                .map(CredentialMetadata.LocalizedMessage::getParameters)
                .filter(parameters -> parameters.length == 1)
                .map(parameters -> String.valueOf(parameters[0]));
    }

    @Override
    protected int getWarningThreshold() {
        return isGuardOn() ? ENOUGH : super.getWarningThreshold();
    }

    private boolean isGuardOn() {
        return GuardPolicy.isOn(session.getContext().getRealm());
    }
}
