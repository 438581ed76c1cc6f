package io.github.totpguard.keycloak.setup;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.qr.QrCode;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.List;

/** The template data of {@code totp-guard-setup.ftl}; public with getters because FreeMarker reads it. */
public final class SetupPageModel {
    private static final String QR_ID = "totp-guard-qr";
    private static final int GROUP = 4;

    private final OtpAuthUri uri;
    private final OtpParameters.Totp parameters;
    private final String label;
    private final String qrTitle;
    private final List<DeviceName> replaced;

    /**
     * @param label the value of the field for the device's name
     * @param qrTitle the text alternative of the QR code, in the language of the page
     * @param replaced the devices that this one replaces; empty if it is an additional one
     */
    SetupPageModel(
            OtpAuthUri uri, OtpParameters.Totp parameters, String label, String qrTitle, List<DeviceName> replaced) {
        this.uri = uri;
        this.parameters = parameters;
        this.label = label;
        this.qrTitle = qrTitle;
        this.replaced = List.copyOf(replaced);
    }

    public String getUri() {
        return uri.print();
    }

    /** The secret in Base32, in groups of four, for users who type it. */
    public String getKey() {
        return uri.secret().toBase32().replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
    }

    /** The QR code as an inline {@code <svg>} element. */
    public String getQrSvg() {
        return QrCode.of(uri.print()).toSvg(QR_ID, qrTitle);
    }

    public String getIssuer() {
        return uri.issuer().orElse("");
    }

    public String getAccount() {
        return uri.account();
    }

    public String getLabel() {
        return label;
    }

    /** The devices that this one replaces; empty if it is an additional one. */
    public List<DeviceName> getReplaced() {
        return replaced;
    }

    /** Whether every app supports these parameters. Some apps ignore all but SHA1, 6 digits, 30 seconds. */
    public boolean isStandardParameters() {
        return parameters.equals(OtpParameters.Totp.DEFAULT);
    }

    public String getAlgorithm() {
        return parameters.algorithm().name();
    }

    public int getDigits() {
        return parameters.digits();
    }

    public int getPeriodSeconds() {
        return parameters.periodSeconds();
    }
}
