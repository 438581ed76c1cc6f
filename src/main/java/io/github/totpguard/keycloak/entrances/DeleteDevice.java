package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.session.RemovalRule;
import io.github.totpguard.keycloak.gate.session.RemovalRule.Refusal;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.page.FactorProof;
import io.github.totpguard.keycloak.page.UnavailablePage;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.CredentialAction;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's action that removes a credential. Before a second factor is removed, one must be proved in this session.
 * The last one must stay if logins require one.
 */
final class DeleteDevice implements RequiredActionProvider, CredentialAction {
    private static final String CONTINUE_FIELD = "continue";

    private final DeleteCredentialAction keycloaks;

    DeleteDevice(DeleteCredentialAction keycloaks) {
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
        runGuarded(context, () -> ask(context));
    }

    private void ask(RequiredActionContext context) {
        Optional<Refusal> refusal = refusal(context);
        if (refusal.isEmpty()) {
            question(context);
        } else if (canBeProved(context, refusal.get())) {
            proof(context).ask();
        } else {
            refuse(context, refusal.get());
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        runGuarded(context, () -> process(context));
    }

    private void process(RequiredActionContext context) {
        Optional<Refusal> refusal = refusal(context);
        if (refusal.isEmpty()) {
            remove(context);
        } else if (canBeProved(context, refusal.get())) {
            prove(context);
        } else if (isPosted(context, CONTINUE_FIELD)) {
            context.cancel();
        } else {
            refuse(context, refusal.get());
        }
    }

    /**
     * If the form of one of TOTP Guard's pages is sent twice, it must not remove anything, because the user has not
     * seen Keycloak's question yet.
     */
    private void remove(RequiredActionContext context) {
        if (Entrances.leadToOurs(context.getSession())
                && (FactorProof.isForm(context) || isPosted(context, CONTINUE_FIELD))) {
            question(context);
        } else {
            keycloaks.processAction(context);
        }
    }

    /** Keycloak's question. Where it would name the credential by its type, the page gets a name in words. */
    private void question(RequiredActionContext context) {
        Optional<String> name = nameInWords(context);
        if (name.isPresent()) {
            context.challenge(
                    context.form().setAttribute("credentialLabel", name.get()).createForm("delete-credential.ftl"));
        } else {
            keycloaks.requiredActionChallenge(context);
        }
    }

    /**
     * The name of the kind of credential, if the credential has no name of its own. Users cannot name backup codes;
     * what Keycloak stores there is its own name for them.
     */
    private Optional<String> nameInWords(RequiredActionContext context) {
        String type = getCredentialType(context.getSession(), context.getAuthenticationSession());
        if (type == null || !Entrances.leadToOurs(context.getSession())) {
            return Optional.empty();
        }
        String id = context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_PARAMETER);
        boolean named = Optional.ofNullable(
                        context.getUser().credentialManager().getStoredCredentialById(id))
                .map(CredentialModel::getUserLabel)
                .filter(label -> !label.isBlank())
                .isPresent();
        if (named && !SecondFactor.BACKUP_CODES.type().equals(type)) {
            return Optional.empty();
        }
        return Stream.of(type, type + "-display-name")
                .filter(key -> !context.form().getMessage(key).equals(key))
                .findFirst()
                .map(context.form()::getMessage);
    }

    private void prove(RequiredActionContext context) {
        if (proof(context).passed(new ProofEvents(context, EventType.REMOVE_CREDENTIAL)::refused)) {
            ask(context);
        }
    }

    /**
     * Runs a step and shows a page if verification is unavailable. If TOTP Guard is off, nothing is verified here, so
     * verification cannot be unavailable.
     */
    private static void runGuarded(RequiredActionContext context, Runnable step) {
        try {
            step.run();
        } catch (VerificationUnavailableException e) {
            e.logged("Nothing is removed");
            new ProofEvents(context, EventType.REMOVE_CREDENTIAL).unavailable(e.reason());
            context.challenge(UnavailablePage.of(context.form(), context.getRealm()));
        }
    }

    private static void refuse(RequiredActionContext context, Refusal refusal) {
        new ProofEvents(context, EventType.REMOVE_CREDENTIAL)
                .refused(refusal.messageKey(), Errors.DELETE_CREDENTIAL_FAILED);
        context.challenge(context.form()
                .setAttribute("totpGuardRefusal", context.form().getMessage(refusal.messageKey()))
                .createForm("totp-guard-kept.ftl"));
    }

    private static boolean canBeProved(RequiredActionContext context, Refusal refusal) {
        return refusal == Refusal.NOT_PROVED && FactorProof.isMissing(context);
    }

    private static FactorProof proof(RequiredActionContext context) {
        return new FactorProof(context, FactorProof.For.REMOVAL);
    }

    private Optional<Refusal> refusal(RequiredActionContext context) {
        return Optional.ofNullable(getCredentialType(context.getSession(), context.getAuthenticationSession()))
                .flatMap(type -> RemovalRule.of(context.getSession(), context.getRealm(), context.getUser())
                        .refusal(type, context.getAuthenticationSession(), context.getAction()));
    }

    private static boolean isPosted(RequiredActionContext context, String field) {
        return context.getHttpRequest().getDecodedFormParameters().containsKey(field);
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authentication) {
        return keycloaks.getCredentialType(session, authentication);
    }

    @Override
    public void close() {
        // nothing to close
    }
}
