package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.BusyException;
import io.github.totpguard.core.transfer.crypto.Scrypt;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Writes a new Aegis vault: a master key, one slot for the password, version 1, which every Aegis version reads. */
final class AegisExport {

    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 32;
    // The same cost as Aegis itself uses.
    private static final int N = 1 << 15;
    private static final int R = 8;
    private static final int P = 1;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HexFormat HEX = HexFormat.of();

    private final SecureRandom random;

    AegisExport(SecureRandom random) {
        this.random = random;
    }

    String encrypted(List<OtpAuthUri> accounts, char[] password) throws BusyException {
        byte[] master = bytes(KEY_BYTES);
        byte[] nonce = bytes(AesGcm.NONCE_BYTES);
        byte[] content = content(accounts).toString().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = AesGcm.seal(master, nonce, content);
        ObjectNode file = JSON.objectNode().put("version", 1);
        ObjectNode header = file.putObject("header");
        header.putArray("slots").add(slot(master, password));
        header.set("params", params(nonce, sealed));
        file.put("db", Base64.getEncoder().encodeToString(withoutTag(sealed)));
        return file.toPrettyString();
    }

    private ObjectNode slot(byte[] master, char[] password) throws BusyException {
        byte[] salt = bytes(SALT_BYTES);
        byte[] nonce = bytes(AesGcm.NONCE_BYTES);
        byte[] sealed = AesGcm.seal(Scrypt.known(N, R, P, salt).derive(password), nonce, master);
        ObjectNode slot = JSON.objectNode().put("type", 1).put("uuid", uuid());
        slot.put("key", HEX.formatHex(withoutTag(sealed)));
        slot.set("key_params", params(nonce, sealed));
        // Without {@code repaired}, Aegis would assume that the slot has an old bug of its own with long passwords.
        return slot.put("n", N)
                .put("r", R)
                .put("p", P)
                .put("salt", HEX.formatHex(salt))
                .put("repaired", true);
    }

    private ObjectNode content(List<OtpAuthUri> accounts) {
        ObjectNode content = JSON.objectNode().put("version", 1);
        ArrayNode entries = content.putArray("entries");
        accounts.forEach(account -> entries.add(entry(account)));
        return content;
    }

    private ObjectNode entry(OtpAuthUri account) {
        OtpParameters parameters = account.parameters();
        ObjectNode entry = JSON.objectNode().put("type", type(parameters)).put("uuid", uuid());
        entry.put("name", account.account()).put("issuer", account.issuer().orElse(""));
        entry.put("note", "").put("favorite", false).putNull("icon");
        ObjectNode info = entry.putObject("info")
                .put("secret", account.secret().toBase32())
                .put("algo", parameters.algorithm().name())
                .put("digits", parameters.digits());
        if (parameters instanceof OtpParameters.TimeBased timeBased) {
            info.put("period", timeBased.periodSeconds());
        }
        account.counter().ifPresent(counter -> info.put("counter", counter));
        entry.putArray("groups");
        return entry;
    }

    private static String type(OtpParameters parameters) {
        if (parameters instanceof OtpParameters.Steam) {
            return "steam";
        }
        return parameters instanceof OtpParameters.Hotp ? "hotp" : "totp";
    }

    private static ObjectNode params(byte[] nonce, byte[] sealed) {
        byte[] tag = Arrays.copyOfRange(sealed, sealed.length - AesGcm.TAG_BYTES, sealed.length);
        return JSON.objectNode().put("nonce", HEX.formatHex(nonce)).put("tag", HEX.formatHex(tag));
    }

    private static byte[] withoutTag(byte[] sealed) {
        return Arrays.copyOf(sealed, sealed.length - AesGcm.TAG_BYTES);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A UUID of version 4 (RFC 9562 section 5.4), made with the given random source. */
    private String uuid() {
        long high = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
