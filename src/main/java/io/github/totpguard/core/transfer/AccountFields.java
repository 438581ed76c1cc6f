package io.github.totpguard.core.transfer;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.AccountNames;
import io.github.totpguard.core.uri.AccountReading;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.core.uri.ReadingNote;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An account as the fields of other apps' files describe it.
 *
 * @param type totp, hotp or steam, ignoring case
 * @param algorithm SHA1, SHA-1, HmacSHA1 and so on; SHA1 if absent
 * @param digits 6 if absent; Steam codes always have 5
 * @param period seconds, 30 if absent; for totp only
 * @param counter for hotp only, where it is required
 */
record AccountFields(
        Optional<String> issuer,
        String account,
        String type,
        OtpSecret secret,
        Optional<String> algorithm,
        OptionalLong digits,
        OptionalLong period,
        OptionalLong counter) {

    /**
     * @param base32 as it is written in the file
     * @throws RefusalException if it is not a valid secret
     */
    static OtpSecret secret(Optional<String> base32) throws RefusalException {
        String text = base32.filter(written -> !written.isBlank())
                .orElseThrow(() -> new RefusalException(Reason.SECRET, "The account has no secret."));
        try {
            return OtpSecret.ofBase32(text);
        } catch (IllegalArgumentException e) {
            throw new RefusalException(Reason.SECRET, "The secret cannot be read. " + e.getMessage() + ".");
        }
    }

    /** Reads the account, with names that fit into a URI. */
    AccountReading found() throws RefusalException {
        AccountNames names = AccountNames.of(issuer, account, secret);
        OtpParameters parameters = parameters();
        OptionalLong next = parameters instanceof OtpParameters.Hotp ? nextCounter() : OptionalLong.empty();
        EnumSet<ReadingNote> notes = EnumSet.noneOf(ReadingNote.class);
        notes.addAll(names.notes());
        if (algorithm.filter(name -> !hasUsualName(name)).isPresent()) {
            notes.add(ReadingNote.ALGORITHM_SPELLING);
        }
        return new AccountReading(new OtpAuthUri(names.issuer(), names.account(), secret, parameters, next), notes);
    }

    private static boolean hasUsualName(String algorithm) {
        return Arrays.stream(OtpAlgorithm.values())
                .flatMap(known -> Stream.of(known.name(), known.macName()))
                .anyMatch(algorithm.strip().replace("-", "")::equalsIgnoreCase);
    }

    private OtpParameters parameters() throws RefusalException {
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "totp" -> totp();
            case "hotp" -> hotp();
            // 2FAuth writes the second name.
            case "steam", "steamtotp" -> new OtpParameters.Steam();
            default ->
                throw new RefusalException(
                        Reason.TYPE,
                        "The account's codes are of a kind that is not supported: only totp, hotp and steam are.");
        };
    }

    private OtpParameters.Hotp hotp() throws RefusalException {
        OtpAlgorithm hmac = hmac();
        try {
            return new OtpParameters.Hotp(hmac, Math.toIntExact(digits.orElse(OtpParameters.Totp.DEFAULT.digits())));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new RefusalException(Reason.DIGITS, "The account has an impossible number of digits.");
        }
    }

    private OtpParameters.Totp totp() throws RefusalException {
        OtpParameters.Hotp checked = hotp();
        try {
            return new OtpParameters.Totp(
                    checked.algorithm(),
                    checked.digits(),
                    Math.toIntExact(period.orElse(OtpParameters.Totp.DEFAULT.periodSeconds())));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new RefusalException(Reason.PERIOD, "The account has an impossible period.");
        }
    }

    private OtpAlgorithm hmac() throws RefusalException {
        return OtpAlgorithm.ofName(algorithm.orElse(OtpAlgorithm.SHA1.name()))
                .orElseThrow(() ->
                        new RefusalException(Reason.ALGORITHM, "The algorithm is none of SHA1, SHA256 and SHA512."));
    }

    private OptionalLong nextCounter() throws RefusalException {
        if (counter.isEmpty() || counter.getAsLong() < 0) {
            throw new RefusalException(Reason.COUNTER, "The account's counter is missing or negative.");
        }
        return counter;
    }

    /** Contains no names, because they are private and must not appear in a log. */
    @Override
    public String toString() {
        return "AccountFields[" + secret + "]";
    }
}
