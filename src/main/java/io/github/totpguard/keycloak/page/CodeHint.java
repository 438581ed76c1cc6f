package io.github.totpguard.keycloak.page;

import org.keycloak.forms.login.LoginFormsProvider;

/**
 * After some wrong codes in a row, the page suggests what may help: setting the clock, or entering two consecutive
 * codes. The text is always the same, whatever the codes were. Otherwise it would reveal whether a code was close to a
 * right one.
 */
public final class CodeHint {
    private static final int FAILURES_BEFORE = 2;

    private CodeHint() {}

    public static LoginFormsProvider after(int failures, LoginFormsProvider form) {
        return failures < FAILURES_BEFORE ? form : form.setAttribute("totpGuardHint", true);
    }
}
