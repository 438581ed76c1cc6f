package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of the row of a user without failures, locks and far codes. It begins with a blank, followed by the device
 * that was used last. This head has a fixed length for each device, so that an acceptance can replace it in SQL. The
 * rest is the same as in every other row.
 *
 * <p>The blank means that the row's columns agree with its text. A version without those columns reads the text like
 * any other, and writes a text without the blank.
 *
 * @param deviceId the credential that was used last
 * @param device the state of that device
 * @param text the text of the row
 */
record OpenText(String deviceId, DeviceState device, String text) {
    /** The pattern for {@code like} in SQL. */
    static final String PATTERN = " {%";

    private static final String START = "{\"v\":1,\"d\":{";

    /** The width of the largest long, and of a drift with its sign. */
    private static final int NUMBER_WIDTH = 19;

    private static final int DRIFT_WIDTH = 4;
    private static final String DRIFT_FIELD = ",\"o\":";

    /**
     * The form of Keycloak's ids: they are equal in every collation only if they are identical, and need no escaping.
     */
    private static final Pattern ID = Pattern.compile("[0-9a-z-]{1,36}");

    /**
     * Empty if the user has a failure, a lock or a far code, if no device was used yet, or if the id of the last used
     * device does not have the form of Keycloak's ids.
     */
    static Optional<OpenText> of(SecondFactorState state) {
        if (!state.isOpen()) {
            return Optional.empty();
        }
        return state.devices().entrySet().stream()
                .max(Comparator.comparing((Map.Entry<String, DeviceState> entry) ->
                                entry.getValue().lastUsed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .filter(last -> ID.matcher(last.getKey()).matches())
                .map(last -> new OpenText(last.getKey(), last.getValue(), text(state, last.getKey(), last.getValue())));
    }

    /**
     * The beginning of the text, up to the end of the device that was used last. Its length is the same for every state
     * of the device.
     */
    static String head(String deviceId, DeviceState device) {
        StringBuilder head = new StringBuilder(128).append(' ').append(START);
        head.append('"').append(deviceId).append("\":{\"s\":");
        pad(head, device.lastAcceptedStep(), NUMBER_WIDTH).append(",\"u\":");
        pad(head, device.lastUsed().getEpochSecond(), NUMBER_WIDTH);
        if (device.drift() == 0) {
            // As in every row, a drift of 0 is left out.
            head.append(" ".repeat(DRIFT_FIELD.length() + DRIFT_WIDTH));
        } else {
            pad(head.append(DRIFT_FIELD), device.drift(), DRIFT_WIDTH);
        }
        return head.append('}').toString();
    }

    private static String text(SecondFactorState state, String deviceId, DeviceState device) {
        String others = StateCodec.write(state.without(deviceId)).substring(START.length());
        return head(deviceId, device) + (others.startsWith("}") ? "" : ",") + others;
    }

    private static StringBuilder pad(StringBuilder text, long number, int width) {
        String digits = Long.toString(number);
        return text.append(" ".repeat(width - digits.length())).append(digits);
    }
}
