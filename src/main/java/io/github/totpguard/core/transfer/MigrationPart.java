package io.github.totpguard.core.transfer;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.AccountReading;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One QR code of Google Authenticator's export: {@code otpauth-migration://offline?data=}, Base64 of the message {@code
 * MigrationPayload} (1 repeated OtpParameters, 2 version, 3 batch_size, 4 batch_index from 0, 5 batch_id).
 *
 * @param data the Base64 text, which identifies a code that was scanned twice
 */
record MigrationPart(String data, long batchId, int parts, int index, List<ImportItem> items) {

    static final String SCHEME = "otpauth-migration://";

    // The limit is generous: ten accounts fit into a code.
    private static final int MAX_PARTS = Import.MAX_ITEMS;

    /** @throws RefusalException if the whole code is damaged */
    static MigrationPart read(String uri) throws RefusalException {
        String data = data(uri);
        ProtoReader payload = new ProtoReader(decoded(data));
        List<ImportItem> items = new ArrayList<>();
        long parts = 1;
        long index = 0;
        long batchId = 0;
        while (payload.next()) {
            switch (payload.field()) {
                // One account more than an import may have is enough to detect that there are too many.
                case 1 -> {
                    if (items.size() <= Import.MAX_ITEMS) {
                        items.add(item(payload.content()));
                    }
                }
                case 3 -> parts = Math.max(1, payload.number());
                case 4 -> index = payload.number();
                case 5 -> batchId = payload.number();
                default -> {} // 2 is the version of the export: 1 or 2, with the same fields.
            }
        }
        if (parts > MAX_PARTS || index < 0 || index >= parts) {
            throw new RefusalException(
                    Reason.DAMAGED, "The QR code has an impossible number among those of its export.");
        }
        return new MigrationPart(data, batchId, (int) parts, (int) index, items);
    }

    /** Whether the other part is the same QR code, scanned twice. */
    boolean sameCode(MigrationPart other) {
        return batchId == other.batchId && index == other.index && data.equals(other.data);
    }

    /** Contains only numbers, because the data contains the secrets. */
    @Override
    public String toString() {
        return "MigrationPart[" + (index + 1) + " of " + parts + "]";
    }

    private static ImportItem item(byte[] message) {
        OtpFields fields = new OtpFields(message);
        return ItemReading.item(fields.name(), fields);
    }

    private static String data(String uri) throws RefusalException {
        String query = uri.substring(uri.indexOf('?') + 1);
        List<String> found = Arrays.stream(query.split("&"))
                .filter(pair -> pair.toLowerCase(Locale.ROOT).startsWith("data="))
                .map(pair -> pair.substring("data=".length()))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw new RefusalException(
                    Reason.DAMAGED, "The QR code has " + (found.isEmpty() ? "no data." : "data for two exports."));
        }
        return found.get(0);
    }

    private static byte[] decoded(String data) throws RefusalException {
        try {
            String base64 = URLDecoder.decode(data.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .strip()
                    // A form decoder turns an unescaped plus sign into a space.
                    .replace(' ', '+')
                    .replace('-', '+')
                    .replace('_', '/')
                    .replace("=", "");
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new RefusalException(Reason.DAMAGED, "The data of the QR code is not Base64.");
        }
    }

    /** One {@code OtpParameters} message. */
    private static final class OtpFields implements ItemReading {

        private final byte[] message;
        private byte[] secret = new byte[0];
        private String name = "";
        private String issuer = "";
        private long algorithm;
        private long digits;
        private long type;
        private long counter;
        private OptionalLong period = OptionalLong.empty();
        private boolean damaged;

        OtpFields(byte[] message) {
            this.message = message.clone();
            try {
                readFields();
            } catch (RefusalException e) {
                damaged = true;
            }
        }

        String name() {
            return name.isBlank() ? issuer : name;
        }

        private void readFields() throws RefusalException {
            ProtoReader fields = new ProtoReader(message);
            while (fields.next()) {
                switch (fields.field()) {
                    case 1 -> secret = fields.content();
                    case 2 -> name = fields.text();
                    case 3 -> issuer = fields.text();
                    case 4 -> algorithm = fields.number();
                    case 5 -> digits = fields.number();
                    case 6 -> type = fields.number();
                    case 7 -> counter = fields.number();
                    case 8 -> period = periodOrId(fields);
                    default -> {}
                }
            }
        }

        /** Field 8: 2FAuth writes a period here, newer versions of Google Authenticator an account id as text. */
        private static OptionalLong periodOrId(ProtoReader fields) {
            return fields.isNumber() && fields.number() != 0 ? OptionalLong.of(fields.number()) : OptionalLong.empty();
        }

        @Override
        public AccountReading read() throws RefusalException {
            if (damaged) {
                throw new RefusalException(Reason.DAMAGED, "The account's data is cut off or changed.");
            }
            if (secret.length == 0 || secret.length > OtpSecret.MAX_BYTES) {
                throw new RefusalException(Reason.SECRET, "The account has no secret, or one that is too long.");
            }
            return new AccountFields(
                            Optional.of(issuer),
                            name,
                            typeName(),
                            OtpSecret.ofBytes(secret),
                            Optional.of(algorithmName()),
                            OptionalLong.of(digitCount()),
                            period,
                            OptionalLong.of(counter))
                    .found();
        }

        private String typeName() throws RefusalException {
            if (type == 1) {
                return "hotp";
            }
            if (type == 0 || type == 2) {
                return "totp";
            }
            throw new RefusalException(Reason.TYPE, "The account is of an unknown kind.");
        }

        private String algorithmName() throws RefusalException {
            return switch ((int) Math.min(Math.max(algorithm, -1), 5)) {
                case 0, 1 -> "SHA1";
                case 2 -> "SHA256";
                case 3 -> "SHA512";
                case 4 -> throw new RefusalException(Reason.ALGORITHM, "Codes made with MD5 are not supported.");
                default -> throw new RefusalException(Reason.ALGORITHM, "The account has an unknown algorithm.");
            };
        }

        private long digitCount() throws RefusalException {
            if (digits == 0 || digits == 1) {
                return 6;
            }
            if (digits == 2) {
                return 8;
            }
            throw new RefusalException(Reason.DIGITS, "The account has an unknown number of digits.");
        }
    }
}
