package io.github.totpguard.keycloak.setup;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.policy.AppNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.sealing.SealingContext;
import io.github.totpguard.keycloak.sealing.SealingPurpose;
import io.github.totpguard.keycloak.sealing.SecretSealer;
import io.github.totpguard.keycloak.sealing.UnsealingException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The device that is being enrolled in this browser tab. It stays on the server, in the authentication session. It is
 * sealed there, because Keycloak can store authentication sessions in its database.
 */
final class PendingDevices {
    /** If the page was open for longer than this, a new secret replaces the one on the page. */
    static final Duration LIFESPAN = Duration.ofMinutes(10);

    private static final String CREDENTIAL_ID = "totpGuard.setup.credentialId";
    private static final String SEALED_URI = "totpGuard.setup.sealedUri";
    private static final String SHOWN_AT = "totpGuard.setup.shownAt";
    private static final String LABEL = "totpGuard.setup.label";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final RequiredActionContext context;
    private final AuthenticationSessionModel notes;

    private PendingDevices(RequiredActionContext context) {
        this.context = context;
        this.notes = context.getAuthenticationSession();
    }

    static PendingDevices of(RequiredActionContext context) {
        return new PendingDevices(context);
    }

    static void forget(AuthenticationSessionModel notes) {
        notes.removeAuthNote(CREDENTIAL_ID);
        notes.removeAuthNote(SEALED_URI);
        notes.removeAuthNote(SHOWN_AT);
        notes.removeAuthNote(LABEL);
    }

    /**
     * Keeps the name that the user has entered, for a page that is requested without the form: in another language, or
     * after a reload.
     */
    void keepLabel(String entered) {
        notes.setAuthNote(LABEL, entered);
    }

    void forgetLabel() {
        notes.removeAuthNote(LABEL);
    }

    /** The name that the user has entered and not confirmed; empty if the user has entered none. */
    Optional<String> label() {
        return Optional.ofNullable(notes.getAuthNote(LABEL));
    }

    /** The device on the page; empty if there is none, or if it is older than {@link #LIFESPAN}. */
    Optional<PendingDevice> current() {
        String credentialId = notes.getAuthNote(CREDENTIAL_ID);
        String sealed = notes.getAuthNote(SEALED_URI);
        if (credentialId == null || sealed == null || isExpired()) {
            return Optional.empty();
        }
        try {
            String uri = SecretSealer.of(context.getSession(), context.getRealm())
                    .open(sealed, sealingContext(credentialId));
            return Optional.of(new PendingDevice(credentialId, OtpAuthUri.parse(uri)));
        } catch (UnsealingException e) {
            // The realm's key was removed meanwhile. The user sees the same as if the page was open for too long.
            return Optional.empty();
        }
    }

    /** Creates a new device with a new secret. It replaces the one on the page. */
    PendingDevice issue(GuardPolicy policy) {
        OtpAuthUri uri = OtpAuthUri.totp(
                AppNames.issuer(context.getSession(), context.getRealm(), context.getUser(), policy),
                AppNames.account(context.getUser(), policy),
                OtpSecret.generate(policy.newDevices().algorithm(), RANDOM),
                policy.newDevices());
        String credentialId = KeycloakModelUtils.generateId();
        notes.setAuthNote(CREDENTIAL_ID, credentialId);
        notes.setAuthNote(
                SEALED_URI,
                SecretSealer.of(context.getSession(), context.getRealm())
                        .seal(uri.print(), sealingContext(credentialId)));
        notes.setAuthNote(SHOWN_AT, Long.toString(ServerTime.now().getEpochSecond()));
        return new PendingDevice(credentialId, uri);
    }

    private boolean isExpired() {
        Instant shownAt = Instant.ofEpochSecond(Long.parseLong(notes.getAuthNote(SHOWN_AT)));
        return shownAt.plus(LIFESPAN).isBefore(ServerTime.now());
    }

    private SealingContext sealingContext(String credentialId) {
        return new SealingContext(
                context.getRealm().getId(), context.getUser().getId(), credentialId, SealingPurpose.PENDING_DEVICE);
    }
}
