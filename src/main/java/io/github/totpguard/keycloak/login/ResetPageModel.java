package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.page.ProofWay;
import java.util.List;

/** The model of {@code totp-guard-reset.ftl}. It is public and has getters because FreeMarker reads it. */
public final class ResetPageModel {
    private final boolean proved;
    private final boolean mailLinkEnough;
    private final UserFactors factors;

    ResetPageModel(boolean proved, boolean mailLinkEnough, UserFactors factors) {
        this.proved = proved;
        this.mailLinkEnough = mailLinkEnough;
        this.factors = factors;
    }

    /** Whether a factor was proved, so that the page asks only what to do with the devices. */
    public boolean isProved() {
        return proved;
    }

    /** Whether the user has a device, so that the page asks for its code. */
    public boolean isDevice() {
        return factors.has(SecondFactor.DEVICE);
    }

    /** Whether the user has backup codes. One of them proves as much as a one-time code. */
    public boolean isBackupCodes() {
        return factors.has(SecondFactor.BACKUP_CODES);
    }

    /** The kinds of keys that the user has. A key proves as much as a one-time code. */
    public List<ProofWay> getKeys() {
        return factors.kinds().stream()
                .filter(SecondFactor::isKey)
                .map(ProofWay::new)
                .toList();
    }

    /** Whether the user may replace a lost device with only the link in the mail as proof. */
    public boolean isMailLinkEnough() {
        return mailLinkEnough;
    }
}
