package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The members of a JSON object. A member that is {@code null} counts as absent. A node that is not an object has no
 * members.
 */
record JsonFields(JsonNode node) {

    /** Empty also if the member is not text. */
    Optional<String> text(String name) {
        return Optional.ofNullable(node.get(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** The members of a nested object; without members if it is not an object. */
    JsonFields object(String name) {
        return new JsonFields(node.path(name));
    }

    /** Whether there is an array with this name. */
    boolean hasArray(String name) {
        return node.path(name).isArray();
    }

    /** Whether there is a member with this name that is not null. */
    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** An integer, also if it is written as text. */
    OptionalLong number(String name) {
        JsonNode value = node.path(name);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return OptionalLong.of(value.longValue());
        }
        // Some apps write numbers as text. None of these numbers needs nine digits.
        return value.isTextual() && value.textValue().matches("[0-9]{1,9}")
                ? OptionalLong.of(Long.parseLong(value.textValue()))
                : OptionalLong.empty();
    }

    /**
     * Reads an integer that may be absent.
     *
     * @throws RefusalException if the member is something else
     */
    OptionalLong numberOrAbsent(String name, Reason reason) throws RefusalException {
        OptionalLong number = number(name);
        if (number.isEmpty() && has(name)) {
            throw new RefusalException(reason, "The account's " + name + " is no whole number.");
        }
        return number;
    }

    /** Contains nothing of the members, because secrets are among them. */
    @Override
    public String toString() {
        return "JsonFields";
    }
}
