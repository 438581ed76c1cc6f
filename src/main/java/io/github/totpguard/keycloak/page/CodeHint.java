package io.github.totpguard.keycloak.page;

import org.keycloak.forms.login.LoginFormsProvider;

/**
 * After some wrong codes in a row the page offers what else may help: setting the clock, or two codes one after the other.
 * Always in the same words, whatever the codes were, or it would tell near ones from far ones.
 */
public final class CodeHint {
    private static final int FAILURES_BEFORE = 2;

    private CodeHint() {}

    public static LoginFormsProvider after(int failures, LoginFormsProvider form) {
        return failures < FAILURES_BEFORE ? form : form.setAttribute("totpGuardHint", true);
    }
}
