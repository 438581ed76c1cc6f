package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.page.FactorProof;
import io.github.totpguard.keycloak.page.VerificationGuard;
import java.util.function.Predicate;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A Keycloak action that changes the ways in. If the user has a second factor, it must be proved first. After that,
 * Keycloak's own action runs.
 */
final class ProvenAction implements RequiredActionProvider {
    private final RequiredActionProvider keycloaks;
    private final FactorProof.For purpose;
    private final Predicate<RequiredActionContext> changesWaysIn;

    /** @param changesWaysIn whether the action, as requested, needs a proof */
    ProvenAction(
            RequiredActionProvider keycloaks, FactorProof.For purpose, Predicate<RequiredActionContext> changesWaysIn) {
        this.keycloaks = keycloaks;
        this.purpose = purpose;
        this.changesWaysIn = changesWaysIn;
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (isProofMissing(context)) {
            new FactorProof(context, purpose).ask();
        } else {
            keycloaks.requiredActionChallenge(context);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (isProofMissing(context)) {
            ProofEvents events = new ProofEvents(context, EventType.UPDATE_CREDENTIAL);
            VerificationGuard.run(context, events::unavailable, policy -> {
                if (new FactorProof(context, purpose).passed(events::refused)) {
                    keycloaks.requiredActionChallenge(context);
                }
            });
        } else if (Entrances.leadToOurs(context.getSession()) && FactorProof.isForm(context)) {
            // The form of the previous page was sent twice.
            keycloaks.requiredActionChallenge(context);
        } else {
            keycloaks.processAction(context);
        }
    }

    private boolean isProofMissing(RequiredActionContext context) {
        return Entrances.leadToOurs(context.getSession())
                && changesWaysIn.test(context)
                && FactorProof.isMissing(context);
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return keycloaks.initiatedActionSupport();
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authentication) {
        keycloaks.initiatedActionCanceled(session, authentication);
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        keycloaks.evaluateTriggers(context);
    }

    @Override
    public int getMaxAuthAge(KeycloakSession session) {
        return keycloaks.getMaxAuthAge(session);
    }

    @Override
    public void close() {
        keycloaks.close();
    }
}
