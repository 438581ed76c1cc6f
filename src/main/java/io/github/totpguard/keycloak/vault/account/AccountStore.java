package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.sealing.SealingContext;
import io.github.totpguard.keycloak.sealing.SealingPurpose;
import io.github.totpguard.keycloak.sealing.SecretSealer;
import io.github.totpguard.keycloak.sealing.UnsealingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.util.JsonSerialization;

/**
 * The accounts that one user owns: credentials of type {@code totp-guard-vault-account} with sealed secrets. For
 * reading only, because Keycloak's user cache may be slightly older than the database.
 */
public final class AccountStore {
    /** The maximum number of accounts of a user. */
    public static final int MAX_ACCOUNTS = 1000;

    private static final Logger LOG = Logger.getLogger(AccountStore.class);
    private static final String VALUE = "value";

    private final GuardedUser guarded;
    private final UserModel owner;
    private final RealmModel realm;
    private final SecretSealer sealer;

    private AccountStore(GuardedUser guarded) {
        this.guarded = guarded;
        this.owner = guarded.user();
        this.realm = guarded.realm();
        this.sealer = SecretSealer.of(guarded.session(), realm);
    }

    public static AccountStore of(GuardedUser owner) {
        return new AccountStore(owner);
    }

    public UserModel owner() {
        return owner;
    }

    public List<CredentialModel> all() {
        return owner.credentialManager()
                .getStoredCredentialsByTypeStream(GuardNames.VAULT_ACCOUNT)
                .toList();
    }

    Optional<CredentialModel> find(AccountId id) {
        return Optional.ofNullable(owner.credentialManager().getStoredCredentialById(id.credentialId()))
                .filter(credential -> GuardNames.VAULT_ACCOUNT.equals(credential.getType()));
    }

    /** Creates the credential of a new account. Only {@link LockedAccounts} stores it. */
    CredentialModel seal(OtpAuthUri uri, Optional<String> group, boolean pinned, String label) {
        CredentialModel credential = new CredentialModel();
        credential.setId(KeycloakModelUtils.generateId());
        credential.setType(GuardNames.VAULT_ACCOUNT);
        credential.setUserLabel(label);
        credential.setCreatedDate(Time.currentTimeMillis());
        credential.setCredentialData(VaultAccount.of(uri, group, pinned).data());
        credential.setSecretData(sealed(uri.secret(), credential.getId()));
        return credential;
    }

    public OtpSecret open(CredentialModel credential) throws UnreadableAccountException {
        try {
            Map<?, ?> data = credential.getSecretData() == null
                    ? Map.of()
                    : JsonSerialization.readValue(credential.getSecretData(), Map.class);
            if (!(data.get(VALUE) instanceof String sealed)) {
                throw unreadable(credential, "secret data", false);
            }
            return OtpSecret.ofBase32(sealer.open(sealed, context(credential.getId())));
        } catch (UnsealingException e) {
            throw unreadable(credential, e.reason().name(), e.reason() == UnsealingException.Reason.KEY_MISSING);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(credential, "secret data", false);
        }
    }

    /** The account in the form that an app reads, with its next counter. */
    public OtpAuthUri uri(CredentialModel credential) throws UnreadableAccountException {
        VaultAccount account = VaultAccount.read(credential.getCredentialData());
        OptionalLong counter = account.period().isPresent()
                ? OptionalLong.empty()
                : OptionalLong.of(new AccountCounters(guarded).next(credential.getId(), account.firstCounter()));
        return new OtpAuthUri(account.issuer(), account.account(), open(credential), account.parameters(), counter);
    }

    private String sealed(OtpSecret secret, String credentialId) {
        try {
            return JsonSerialization.writeValueAsString(
                    Map.of(VALUE, sealer.seal(secret.toBase32(), context(credentialId))));
        } catch (IOException e) {
            throw new IllegalStateException("Writing a string as JSON failed", e);
        }
    }

    private SealingContext context(String credentialId) {
        return new SealingContext(realm.getId(), owner.getId(), credentialId, SealingPurpose.VAULT_ACCOUNT);
    }

    private UnreadableAccountException unreadable(CredentialModel credential, String what, boolean keyMissing) {
        LOG.warnf(
                "Vault account %s of user %s in realm %s cannot be used (%s)",
                credential.getId(), owner.getId(), realm.getName(), what);
        return new UnreadableAccountException(what, keyMissing);
    }
}
