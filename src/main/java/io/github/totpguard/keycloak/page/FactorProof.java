package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.AskedCode;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.SecondFactorGate;
import io.github.totpguard.keycloak.gate.session.ChangeOfWaysIn;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.function.Consumer;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/**
 * The page on which a user proves a second factor before an action changes how the user can sign in. Every factor of
 * the user is accepted. The page starts with the first one and links to the others.
 */
public final class FactorProof {
    /** What the user is about to do. The page shows it. */
    public enum For {
        DEVICE,
        BACKUP_CODES,
        KEY,
        LINK,
        EMAIL,
        PASSWORD,
        REMOVAL,
        LOGIN
    }

    /**
     * A field in every form of the page. If a form is sent twice, it must not be taken for a form of the action itself.
     */
    private static final String MARKER = "totpGuardProof";

    /** The field of the buttons that choose a factor or continue to the key. */
    public static final String CHOICE_FIELD = "proveBy";

    private static final String WAY_NOTE = "totpGuard.prove.way";
    private static final String TEMPLATE = "totp-guard-prove.ftl";

    private final RequiredActionContext context;
    private final For what;
    private final UserFactors factors;
    private final MultivaluedMap<String, String> entered;

    public FactorProof(RequiredActionContext context, For what) {
        this.context = context;
        this.what = what;
        this.factors = UserFactors.of(context.getUser());
        this.entered = context.getHttpRequest().getDecodedFormParameters();
    }

    /** Whether the user has a second factor, and this login has not proved one recently. */
    public static boolean isMissing(RequiredActionContext context) {
        return ChangeOfWaysIn.of(context.getSession(), context.getRealm(), context.getUser())
                .needsProof(context.getAuthenticationSession(), context.getAction());
    }

    /** Whether the request is a form of this page. */
    public static boolean isForm(RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        return form.containsKey(MARKER) || KeyStep.isAnswer(form);
    }

    public void ask() {
        context.challenge(page(context.form(), way()));
    }

    /**
     * Checks the input, if there is one. Returns whether it is accepted. Otherwise the context has its response
     * already.
     *
     * @param refusal writes the event of a code that is not accepted
     * @throws io.github.totpguard.keycloak.gate.store.VerificationUnavailableException if nothing can be verified now
     */
    public boolean passed(Consumer<AttemptOutcome> refusal) {
        SecondFactor way = way();
        if (way.isKey() && entered.containsKey(CHOICE_FIELD)) {
            context.challenge(new KeyProof(context, way).page());
            return false;
        }
        if (way.isKey() && KeyStep.isAnswer(entered)) {
            return passedByKey(way);
        }
        String field = field(way);
        if (way.isKey() || entered.getFirst(field) == null) {
            // The user has chosen another factor, or the form is that of another page.
            ask();
            return false;
        }
        return passedByCode(way, field, refusal);
    }

    private boolean passedByKey(SecondFactor way) {
        if (new KeyProof(context, way).isAccepted()) {
            return true;
        }
        context.challenge(page(context.form().setError("totpGuard.error.keyRefused"), way));
        return false;
    }

    private boolean passedByCode(SecondFactor way, String field, Consumer<AttemptOutcome> refusal) {
        String code = entered.getFirst(field);
        SecondFactorGate gate = GuardedUser.of(context).gate();
        AttemptOutcome outcome = way == SecondFactor.DEVICE
                ? gate.attempt(code, Channel.SETUP)
                : gate.attemptBackupCode(code, Channel.BACKUP_CODE);
        ActionAttempts.report(context, outcome);
        if (!outcome.accepted()) {
            refusal.accept(outcome);
            context.challenge(refused(outcome, way, field));
        }
        return outcome.accepted();
    }

    private Response refused(AttemptOutcome outcome, SecondFactor way, String field) {
        boolean shut = outcome.verdict().shut()
                && (way == SecondFactor.DEVICE
                        || outcome.verdict().lockedUntil().isPresent());
        if (shut) {
            LoginFormsProvider form =
                    context.form().setAttribute(ProofWay.ON_LOCKED_PAGE, ProofWay.besideDevices(factors));
            return LockedPage.of(form, context.getRealm(), outcome.verdict());
        }
        FormMessage error = outcome.malformed()
                ? incomplete(way, field)
                : new FormMessage(field, way == SecondFactor.DEVICE ? CodePage.ERROR : BackupCodePage.ERROR);
        LoginFormsProvider form = context.form().addError(error);
        return page(CodeHint.after(outcome.throttle().failures(), form), way);
    }

    private FormMessage incomplete(SecondFactor way, String field) {
        return way == SecondFactor.DEVICE
                ? CodeError.incompleteCode(
                        field,
                        entered.getFirst(field),
                        AskedCode.of(context.getUser()).digits())
                : CodeError.incompleteBackupCode(
                        field,
                        entered.getFirst(field),
                        BackupCodePage.model(context.getUser()).isInOrder());
    }

    /** The factor that was chosen on the page, or else the first one that the user has. */
    private SecondFactor way() {
        String chosen = entered.containsKey(CHOICE_FIELD)
                ? entered.getFirst(CHOICE_FIELD)
                : context.getAuthenticationSession().getAuthNote(WAY_NOTE);
        SecondFactor way = Arrays.stream(SecondFactor.values())
                .filter(factor -> factor.name().equals(chosen) && factors.has(factor))
                .findFirst()
                .orElseGet(() -> factors.kinds().iterator().next());
        context.getAuthenticationSession().setAuthNote(WAY_NOTE, way.name());
        return way;
    }

    private static String field(SecondFactor way) {
        return way == SecondFactor.DEVICE ? CodePage.CODE_FIELD : BackupCodePage.FIELD;
    }

    private Response page(LoginFormsProvider form, SecondFactor way) {
        return HelpContact.on(form, context.getRealm())
                .setAttribute("totpGuardProof", new ProvePageModel(what, way, factors.kinds()))
                .setAttribute("totpGuardBackupCode", BackupCodePage.model(context.getUser()))
                .createForm(TEMPLATE);
    }
}
