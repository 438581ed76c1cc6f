package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.state.Verdict;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.keycloak.common.util.Time;
import org.keycloak.forms.login.LoginFormsProvider;

/** The page of a locked second factor: when to try again, and the same for every input. */
public final class LockedPage {
    private LockedPage() {}

    /** @param verdict one that is {@link Verdict#shut()} */
    public static Response of(LoginFormsProvider form, Verdict verdict) {
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        return form.setAttribute("totpGuardLocked", new LockedPageModel(verdict.lockedUntil(), now))
                .createForm("totp-guard-locked.ftl");
    }
}
