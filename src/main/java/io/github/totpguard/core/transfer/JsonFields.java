package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.Optional;
import java.util.OptionalLong;

/** The members of a JSON object, absent ones and {@code null} alike; of what is no object, none. */
record JsonFields(JsonNode node) {

    /** Empty also for what is no text. */
    Optional<String> text(String name) {
        return Optional.ofNullable(node.get(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** An object's members; none if it is none. */
    JsonFields object(String name) {
        return new JsonFields(node.path(name));
    }

    /** Whether there is an array of that name. */
    boolean hasArray(String name) {
        return node.path(name).isArray();
    }

    /** Whether there is anything but null of that name. */
    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** A whole number, also if it is written as text. */
    OptionalLong number(String name) {
        JsonNode value = node.path(name);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return OptionalLong.of(value.longValue());
        }
        // Nine digits are more than any of the numbers that some apps write as text can have.
        return value.isTextual() && value.textValue().matches("[0-9]{1,9}")
                ? OptionalLong.of(Long.parseLong(value.textValue()))
                : OptionalLong.empty();
    }

    /**
     * A whole number that may be absent.
     *
     * @throws RefusalException if there is something else
     */
    OptionalLong numberOrAbsent(String name, Reason reason) throws RefusalException {
        OptionalLong number = number(name);
        if (number.isEmpty() && has(name)) {
            throw new RefusalException(reason, "The account's " + name + " is no whole number.");
        }
        return number;
    }

    /** Nothing of the members: secrets are among them. */
    @Override
    public String toString() {
        return "JsonFields";
    }
}
