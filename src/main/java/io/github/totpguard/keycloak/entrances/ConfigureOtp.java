package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.page.CodePage;
import io.github.totpguard.keycloak.page.DeviceProof;
import io.github.totpguard.keycloak.page.UnavailablePage;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdateTotp;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's set-up page, where it is switched on beside ours: whoever has a device proves it there, too. */
final class ConfigureOtp implements RequiredActionProvider, CredentialRegistrator {
    private final UpdateTotp keycloaks;

    ConfigureOtp(UpdateTotp keycloaks) {
        this.keycloaks = keycloaks;
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return keycloaks.initiatedActionSupport();
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        keycloaks.evaluateTriggers(context);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (isProofMissing(context)) {
            proof(context).ask();
        } else {
            keycloaks.requiredActionChallenge(context);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!isProofMissing(context)) {
            if (context.getHttpRequest().getDecodedFormParameters().containsKey(CodePage.CODE_FIELD)) {
                // The form of the page before, sent twice.
                keycloaks.requiredActionChallenge(context);
            } else {
                keycloaks.processAction(context);
            }
            return;
        }
        ProofEvents events = new ProofEvents(context, EventType.UPDATE_CREDENTIAL);
        try {
            if (proof(context).passed(events::refused)) {
                keycloaks.requiredActionChallenge(context);
            }
        } catch (VerificationUnavailableException e) {
            events.unavailable(e.what());
            context.challenge(UnavailablePage.of(context.form()));
        }
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authentication) {
        return keycloaks.getCredentialType(session, authentication);
    }

    private static boolean isProofMissing(RequiredActionContext context) {
        return GuardPolicy.isOn(context.getRealm()) && DeviceProof.isMissing(context);
    }

    private static DeviceProof proof(RequiredActionContext context) {
        return new DeviceProof(context, DeviceProof.For.DEVICE);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
