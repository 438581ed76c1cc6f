package io.github.totpguard.demo;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.qr.QrCode;
import io.github.totpguard.core.uri.OtpAuthReader;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalInt;

/** Tries one-time codes without any login: makes a key, shows its QR code and its current code, checks a code. */
final class CodesPage {

    static final String PATH = "/codes";

    private static final String ISSUER = "Demo";
    private static final String ACCOUNT = "you";

    /** Steps before and after the present one in which a code is looked for. */
    private static final int WINDOW = 10;

    private final SecureRandom random = new SecureRandom();

    Answer answer(Visit visit) {
        String key = visit.field("key");
        if (visit.field("do").equals("generate")) {
            key = OtpSecret.generate(OtpAlgorithm.SHA1, random).toBase32();
        }
        Instant now = Instant.now();
        String result = key.isEmpty() ? "" : result(key, visit, now);
        return Answer.html(Html.page("One-time codes", intro() + form(key, visit) + result));
    }

    private static String intro() {
        return "<p>Make a key, scan its QR code with an authenticator app, and compare the codes. To sign in without"
                + " a phone, paste the key that the set-up page shows (or its otpauth address): this page then shows"
                + " the codes. Nothing is stored.</p>";
    }

    private static String form(String key, Visit visit) {
        return """
                <form class="fields" method="post" action="/codes">
                <label>Key, or otpauth address
                <input name="key" autocomplete="off" spellcheck="false" value="%s"></label>
                <label>Service <input name="issuer" autocomplete="off" value="%s"></label>
                <label>Account <input name="account" autocomplete="off" value="%s"></label>
                <label>Code to check <input name="code" inputmode="numeric" autocomplete="off" value="%s"></label>
                <p class="actions">
                <button name="do" value="show">Show or check</button>
                <button name="do" value="generate" class="second">New key</button>
                </p>
                </form>
                """
                .formatted(
                        Html.escape(key),
                        Html.escape(orElse(visit.field("issuer"), ISSUER)),
                        Html.escape(orElse(visit.field("account"), ACCOUNT)),
                        Html.escape(visit.field("do").equals("generate") ? "" : visit.field("code")));
    }

    private static String result(String key, Visit visit, Instant now) {
        OtpAuthUri uri;
        try {
            uri = read(key, orElse(visit.field("issuer"), ISSUER), orElse(visit.field("account"), ACCOUNT));
        } catch (IllegalArgumentException e) {
            return says("This cannot be read: " + e.getMessage() + ".");
        }
        if (!(uri.parameters() instanceof OtpParameters.TimeBased timed)) {
            return says("This page shows codes that depend on the time (TOTP). This key needs a counter.");
        }
        long step = timed.stepAt(now.getEpochSecond());
        long secondsLeft = timed.periodSeconds() - Math.floorMod(now.getEpochSecond(), (long) timed.periodSeconds());
        String code = CodeGenerator.code(uri.secret(), timed, step);
        String entered = visit.field("do").equals("generate") ? "" : visit.field("code");
        return (entered.isEmpty() ? "" : says(verdict(uri.secret(), timed, step, entered)))
                + "<h2>The code now</h2><p><span class=\"code\" id=\"code\">" + code + "</span></p>"
                + "<p class=\"soft\">For another " + secondsLeft + " seconds; then press “Show or check” again.</p>"
                + "<h2>For an app</h2><p>" + QrCode.of(uri.print()).toSvg("qr", "QR code of this key")
                + "</p><p>Or by hand: <code id=\"key\">"
                + Html.escape(uri.secret().toBase32())
                + "</code></p><p class=\"soft\">" + Html.escape(uri.print()) + "</p>";
    }

    private static OtpAuthUri read(String key, String issuer, String account) {
        return OtpAuthReader.isUri(key)
                ? OtpAuthReader.read(key).account()
                : OtpAuthUri.totp(issuer, account, OtpSecret.ofBase32(key), OtpParameters.Totp.DEFAULT);
    }

    /** Says how far off a code is. A login must never do that; here the visitor has the key. */
    static String verdict(OtpSecret secret, OtpParameters.TimeBased parameters, long step, String entered) {
        OptionalInt offset = offset(secret, parameters, step, entered.replaceAll("[\\s-]", ""));
        if (offset.isEmpty()) {
            return "Wrong: this is not a code of this key, now or " + WINDOW + " steps before or after.";
        }
        int steps = offset.getAsInt();
        if (steps == 0) {
            return "Right: this is the code of now.";
        }
        int seconds = Math.abs(steps) * parameters.periodSeconds();
        return "Right, but of another moment: about " + seconds + " seconds " + (steps < 0 ? "ago." : "from now.");
    }

    /** The nearest step with this code, counted from the present one. */
    private static OptionalInt offset(OtpSecret secret, OtpParameters.TimeBased parameters, long step, String entered) {
        OptionalInt nearest = OptionalInt.empty();
        for (int distance = WINDOW; distance >= 0; distance--) {
            for (int offset : new int[] {distance, -distance}) {
                String code = CodeGenerator.code(secret, parameters, step + offset);
                if (MessageDigest.isEqual(
                        code.getBytes(StandardCharsets.UTF_8), entered.getBytes(StandardCharsets.UTF_8))) {
                    nearest = OptionalInt.of(offset);
                }
            }
        }
        return nearest;
    }

    private static String orElse(String value, String other) {
        return value.isEmpty() ? other : value;
    }

    private static String says(String text) {
        return "<p class=\"says\" id=\"says\" role=\"status\">" + Html.escape(text) + "</p>";
    }
}
