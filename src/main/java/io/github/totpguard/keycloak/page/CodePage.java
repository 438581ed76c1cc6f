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

/** A page that asks for a code. Its response to a wrong code and to a used code is identical, byte for byte. */
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

    /** @param error the message key for every code that is not accepted */
    public CodePage(AuthenticationFlowContext context, String template, String field, String error) {
        this.context = context;
        this.template = template;
        this.field = field;
        this.error = error;
    }

    /**
     * Adds an attribute for the template.
     *
     * @param value called only when the page is shown, so not after a right code
     */
    public CodePage with(String attribute, Supplier<?> value) {
        attributes.put(attribute, value);
        return this;
    }

    public Response asking() {
        return form().createForm(template);
    }

    /** @param error the message key of an error that is not about a code */
    public Response saying(String error) {
        return form().setError(error).createForm(template);
    }

    /** The page with the error. After some wrong codes in a row, it also suggests what may help. */
    Response refusing(AttemptOutcome outcome) {
        return refusing(outcome.malformed(), outcome.throttle().failures());
    }

    /** The same for an input that is not evaluated. */
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
                        field, entered(), AskedCode.of(context.getUser()).digits())
                : CodeError.incompleteBackupCode(
                        field,
                        entered(),
                        BackupCodePage.model(context.getUser()).isInOrder());
    }

    private boolean hasFormOfCode() {
        return field.equals(CODE_FIELD)
                ? AskedCode.of(context.getUser()).isFormOf(entered())
                : StoredBackupCodes.hasForm(context.getUser(), entered());
    }

    private String entered() {
        return context.getHttpRequest().getDecodedFormParameters().getFirst(field);
    }

    /**
     * Whether this page accepts no input at the moment. A hard lock does not block backup codes, because they open it.
     */
    boolean isShutBy(Verdict verdict) {
        return verdict.shut() && (verdict.lockedUntil().isPresent() || field.equals(CODE_FIELD));
    }

    Response locked(Verdict verdict) {
        return LockedPage.of(form(), context.getRealm(), verdict);
    }

    Response unavailable() {
        return UnavailablePage.of(form(), context.getRealm());
    }

    private LoginFormsProvider form() {
        LoginFormsProvider form = HelpContact.on(
                context.form().setExecution(context.getExecution().getId()), context.getRealm());
        attributes.forEach((attribute, value) -> form.setAttribute(attribute, value.get()));
        return form;
    }
}
