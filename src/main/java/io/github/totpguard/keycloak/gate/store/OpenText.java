package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a row that holds nothing against the user. It begins with a blank, and then with the device last used, always in
 * as many characters, so that an acceptance can replace this head in SQL. What follows is that of every row.
 *
 * <p>The blank says that the row's columns agree with its text. A version without those columns reads the text as any other, and
 * writes one without the blank.
 *
 * @param deviceId the credential used last
 * @param device what is remembered of it
 * @param text the row's text
 */
record OpenText(String deviceId, DeviceState device, String text) {
    /** In SQL, for {@code like}. */
    static final String PATTERN = " {%";

    private static final String START = "{\"v\":1,\"d\":{";

    /** Of a long, and of a drift with its sign. */
    private static final int NUMBER_WIDTH = 19;

    private static final int DRIFT_WIDTH = 4;
    private static final String DRIFT_FIELD = ",\"o\":";

    /** Keycloak's ids: of one spelling in every collation, and nothing to escape. */
    private static final Pattern ID = Pattern.compile("[0-9a-z-]{1,36}");

    /** Empty if something is held against the user, if no device was used yet, or if its id does not have the form of Keycloak's. */
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

    /** The beginning of the text, up to the end of the device last used; as long for every state of the device. */
    static String head(String deviceId, DeviceState device) {
        StringBuilder head = new StringBuilder(128).append(' ').append(START);
        head.append('"').append(deviceId).append("\":{\"s\":");
        pad(head, device.lastAcceptedStep(), NUMBER_WIDTH).append(",\"u\":");
        pad(head, device.lastUsed().getEpochSecond(), NUMBER_WIDTH);
        if (device.drift() == 0) {
            // As ever, it is left out.
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
