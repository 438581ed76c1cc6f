package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import io.github.totpguard.core.uri.OtpAuthReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The JSON export of Bitwarden. An item's {@code login.totp} is an otpauth URI, {@code steam://} and Base32, or Base32
 * alone, and then the item's own name is the issuer. Items without one are passwords and nobody's business here.
 */
final class BitwardenFile {

    private static final String STEAM = "steam://";

    private final JsonFields root;

    BitwardenFile(JsonFields root) {
        this.root = root;
    }

    static boolean recognises(JsonFields root) {
        return root.hasArray("items") || root.has("encrypted");
    }

    List<ImportItem> items() throws UnreadableImportException {
        if (root.node().path("encrypted").asBoolean()) {
            throw new UnreadableImportException(
                    Reason.UNSUPPORTED_ENCRYPTION,
                    "Encrypted exports of Bitwarden are not read. Export as .json without encryption.");
        }
        JsonNode items = root.node().path("items");
        if (!items.isArray()) {
            throw FileReading.damaged("it has no list of items");
        }
        // The bound is for accounts; there may be any number of passwords.
        ArrayNode withCodes = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : items) {
            if (totp(new JsonFields(item)).isPresent()) {
                withCodes.add(item);
            }
        }
        return JsonFile.items(withCodes, BitwardenFile::item);
    }

    private static Optional<String> totp(JsonFields item) {
        return item.object("login").text("totp").filter(text -> !text.isBlank());
    }

    private static ImportItem item(JsonFields item) {
        String totp = totp(item).orElse("").strip();
        Optional<String> name = item.text("name");
        String account = item.object("login").text("username").orElse("");
        if (OtpAuthReader.isUri(totp)) {
            String service = name.orElse("").replace(':', '-');
            return ItemReading.uri(totp, service + ":" + (account.isBlank() ? service : account));
        }
        boolean steam = totp.regionMatches(true, 0, STEAM, 0, STEAM.length());
        return ItemReading.item(name.orElse(account), () -> new AccountFields(
                        name,
                        account,
                        steam ? "steam" : "totp",
                        AccountFields.secret(Optional.of(steam ? totp.substring(STEAM.length()) : totp)),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty())
                .found());
    }
}
