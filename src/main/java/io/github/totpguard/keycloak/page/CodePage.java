package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.state.Verdict;
import io.github.totpguard.keycloak.notify.CodeHint;
import io.github.totpguard.keycloak.notify.LockedPage;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/** A page that asks for a code. It says the same, byte for byte, of a wrong, a used and a malformed code. */
public final class CodePage {
    /** The form field of a one-time code. */
    public static final String CODE_FIELD = "otp";

    static final String ERROR = "totpGuard.error.code";

    private final AuthenticationFlowContext context;
    private final String template;
    private final String field;
    private final String error;
    private final Map<String, Object> attributes = new TreeMap<>();

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

    /** What the template shows besides. */
    public CodePage with(String attribute, Object value) {
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

    /** @param failures wrong codes in a row; after some of them the page says what else may help */
    Response refusing(int failures) {
        LoginFormsProvider form = form().addError(new FormMessage(field, error));
        return CodeHint.after(failures, form).createForm(template);
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
        attributes.forEach(form::setAttribute);
        return form;
    }
}
