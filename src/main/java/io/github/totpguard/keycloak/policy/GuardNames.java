package io.github.totpguard.keycloak.policy;

import java.util.Set;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticatorFactory;
import org.keycloak.models.UserModel.RequiredAction;

/** Names that administrators and other packages use. They must not be renamed after a release. */
public final class GuardNames {
    /**
     * The required action whose configuration is the realm's policy. TOTP Guard is on in realms where it is enabled.
     */
    public static final String SETUP_ACTION = "totp-guard-setup";

    /** Keycloak's own action for set-up, which is redirected to TOTP Guard's. */
    public static final String KEYCLOAKS_SETUP_ACTION = RequiredAction.CONFIGURE_TOTP.name();

    /** The login form's authenticator. */
    public static final String FORM_AUTHENTICATOR = "totp-guard-form";

    /** The direct grant's authenticator. */
    public static final String DIRECT_GRANT_AUTHENTICATOR = "totp-guard-direct-grant";

    /** The authenticator of the reset-credentials flow. */
    public static final String RESET_AUTHENTICATOR = "totp-guard-reset";

    /** The authenticator of trusted browsers, their credential type, and its provider. */
    public static final String TRUSTED_BROWSER = "totp-guard-trusted-browser";

    /** The id of Keycloak's own OTP credential provider, which TOTP Guard's provider replaces. */
    public static final String OTP_CREDENTIAL_PROVIDER = "keycloak-otp";

    /** The required action that creates backup codes. */
    public static final String BACKUP_CODES_ACTION = "totp-guard-backup-codes";

    /** Keycloak's own action for recovery codes, which is redirected to TOTP Guard's. */
    public static final String KEYCLOAKS_BACKUP_CODES_ACTION = RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name();

    /** The authenticator that asks for a backup code. */
    public static final String BACKUP_CODE_FORM_AUTHENTICATOR = "totp-guard-backup-code-form";

    /** The steps that ask for a backup code: TOTP Guard's, and Keycloak's own, which is redirected to it. */
    public static final Set<String> BACKUP_CODE_STEPS =
            Set.of(BACKUP_CODE_FORM_AUTHENTICATOR, RecoveryAuthnCodesFormAuthenticatorFactory.PROVIDER_ID);

    /** The id of Keycloak's own provider of recovery codes, which TOTP Guard's provider replaces. */
    public static final String BACKUP_CODES_CREDENTIAL_PROVIDER = "keycloak-recovery-authn-codes";

    /** The path below {@code /realms/{realm}} and {@code /admin/realms/{realm}}. */
    public static final String RESOURCE = "totp-guard";

    /** The credential type of an account in the vault. */
    public static final String VAULT_ACCOUNT = "totp-guard-vault-account";

    /** The realm role that allows a user to use the vault. */
    public static final String VAULT_ROLE = "totp-vault";

    /** The client of the vault's page, and the audience that every token for the vault must have. */
    public static final String VAULT_CLIENT = "totp-guard-vault";

    /** The client of the page of one's own second factors, and the audience that every token for its data must have. */
    public static final String ACCOUNT_CLIENT = "totp-guard-account";

    private GuardNames() {}
}
