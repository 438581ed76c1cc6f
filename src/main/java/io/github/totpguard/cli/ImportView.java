package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.transfer.Import;
import io.github.totpguard.core.transfer.ImportItem;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows an import as text and as JSON, without secrets. */
final class ImportView {

    private ImportView() {}

    static List<String> lines(Import found) {
        List<String> lines = new ArrayList<>();
        lines.add("Format: " + name(found.format()));
        found.batch()
                .filter(batch -> !batch.complete())
                .ifPresent(batch -> lines.add("QR codes: "
                        + batch.present().size() + " of " + batch.parts() + ", missing: "
                        + batch.missing().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        int number = 0;
        for (ImportItem item : found.items()) {
            lines.add(++number + ". " + line(item));
        }
        return lines;
    }

    static String json(Import found) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("format", name(found.format()));
        object.put("items", found.items().stream().map(ImportView::object).toList());
        object.put("batch", found.batch().map(batch -> {
            Map<String, Object> parts = new LinkedHashMap<>();
            parts.put("parts", batch.parts());
            parts.put("present", batch.present());
            parts.put("missing", batch.missing());
            return parts;
        }));
        return Json.of(object);
    }

    private static String line(ImportItem item) {
        if (item instanceof ImportItem.Accepted accepted) {
            OtpAuthUri account = accepted.account();
            return shown(account.issuer().map(issuer -> issuer + ": ").orElse("") + account.account()) + " ("
                    + kind(account) + ")"
                    + accepted.notes().stream()
                            .map(note -> ", " + name(note).replace('_', ' '))
                            .collect(Collectors.joining());
        }
        ImportItem.Refused refused = (ImportItem.Refused) item;
        return (refused.name().isEmpty() ? "" : shown(refused.name()) + " ") + "refused: " + shown(refused.message());
    }

    private static String kind(OtpAuthUri account) {
        OtpParameters parameters = account.parameters();
        if (parameters instanceof OtpParameters.Steam) {
            return "steam";
        }
        return AccountJson.type(parameters) + ", " + parameters.algorithm() + ", " + parameters.digits() + " digits"
                + (parameters instanceof OtpParameters.TimeBased timed ? ", " + timed.periodSeconds() + " s" : "")
                + (account.counter().isPresent()
                        ? ", counter " + account.counter().getAsLong()
                        : "");
    }

    private static Map<String, Object> object(ImportItem item) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (item instanceof ImportItem.Accepted accepted) {
            object.put("accepted", true);
            object.putAll(AccountJson.of(accepted.account()));
            object.put("notes", accepted.notes().stream().map(ImportView::name).toList());
        } else if (item instanceof ImportItem.Refused refused) {
            object.put("accepted", false);
            object.put("name", Optional.of(refused.name()).filter(name -> !name.isEmpty()));
            object.put("reason", name(refused.reason()));
            object.put("message", refused.message());
        }
        return object;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Removes control characters: a text of the file must not move the cursor or change the direction of the line. */
    private static String shown(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
