package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.state.Verdict;
import io.github.totpguard.keycloak.gate.AskedCode;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/** A page that asks for a code. It says the same, byte for byte, of a wrong and a used code. */
public final class CodePage {
    /** The form field of a one-time code. */
    public static final String CODE_FIELD = "otp";

    static final String ERROR = "totpGuard.error.code";

    private final AuthenticationFlowContext context;
    private final String template;
    private final String field;
    private final String error;
    private final Map<String, Supplier<?>> attributes = new TreeMap<>();

    /** A page that asks for a one-time code. */
    public CodePage(AuthenticationFlowContext context, String template) {
        this(context, template, CODE_FIELD, ERROR);
    }

    /** @param error message key of what is said of every code that is not accepted */
    public CodePage(AuthenticationFlowContext context, String template, String field, String error) {
        this.context = context;
        this.template = template;
        this.field = field;
        this.error = error;
    }

    /**
     * What the template shows besides.
     *
     * @param value asked for when the page is shown, which it is not after a right code
     */
    public CodePage with(String attribute, Supplier<?> value) {
        attributes.put(attribute, value);
        return this;
    }

    public Response asking() {
        return form().createForm(template);
    }

    /** @param error message key of what was wrong, when it was no code */
    public Response saying(String error) {
        return form().setError(error).createForm(template);
    }

    /** After some wrong codes in a row the page says what else may help. */
    Response refusing(AttemptOutcome outcome) {
        return refusing(outcome.malformed(), outcome.throttle().failures());
    }

    /** The same for an input that is not tried. */
    Response refusingUntried() {
        return refusing(!hasFormOfCode(), 0);
    }

    private Response refusing(boolean malformed, int failures) {
        LoginFormsProvider form = form().addError(malformed ? incomplete() : new FormMessage(field, error));
        return CodeHint.after(failures, form).createForm(template);
    }

    private FormMessage incomplete() {
        return field.equals(CODE_FIELD)
                ? CodeError.incompleteCode(
                        field, AskedCode.of(context.getUser()).digits())
                : CodeError.incompleteBackupCode(field, entered());
    }

    private boolean hasFormOfCode() {
        return field.equals(CODE_FIELD)
                ? AskedCode.of(context.getUser()).isFormOf(entered())
                : StoredBackupCodes.hasForm(context.getUser(), entered());
    }

    private String entered() {
        return context.getHttpRequest().getDecodedFormParameters().getFirst(field);
    }

    /** Whether there is nothing to enter here for now. A hard lock is none for backup codes: they open it. */
    boolean isShutBy(Verdict verdict) {
        return verdict.shut() && (verdict.lockedUntil().isPresent() || field.equals(CODE_FIELD));
    }

    Response locked(Verdict verdict) {
        return LockedPage.of(form(), verdict);
    }

    Response unavailable() {
        return UnavailablePage.of(form());
    }

    private LoginFormsProvider form() {
        LoginFormsProvider form =
                context.form().setExecution(context.getExecution().getId());
        attributes.forEach((attribute, value) -> form.setAttribute(attribute, value.get()));
        return form;
    }
}
