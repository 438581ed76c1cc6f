package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.page.ProofWay;
import java.util.List;

/** What {@code totp-guard-reset.ftl} shows; public with getters because FreeMarker reads it. */
public final class ResetPageModel {
    private final boolean proved;
    private final boolean mailLinkEnough;
    private final UserFactors factors;

    ResetPageModel(boolean proved, boolean mailLinkEnough, UserFactors factors) {
        this.proved = proved;
        this.mailLinkEnough = mailLinkEnough;
        this.factors = factors;
    }

    /** Whether a factor was proved, so that nothing is asked for but what becomes of the devices. */
    public boolean isProved() {
        return proved;
    }

    /** Whether the user has a device, whose code is asked for. */
    public boolean isDevice() {
        return factors.has(SecondFactor.DEVICE);
    }

    /** Whether the user has some, one of which proves as much as a code. */
    public boolean isBackupCodes() {
        return factors.has(SecondFactor.BACKUP_CODES);
    }

    /** The keys that prove as much as a code. */
    public List<ProofWay> getKeys() {
        return factors.kinds().stream()
                .filter(SecondFactor::isKey)
                .map(ProofWay::new)
                .toList();
    }

    /** Whether a lost device may be replaced without any proof but the mail. */
    public boolean isMailLinkEnough() {
        return mailLinkEnough;
    }
}
