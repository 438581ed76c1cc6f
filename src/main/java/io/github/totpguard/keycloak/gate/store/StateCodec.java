package io.github.totpguard.keycloak.gate.store;

import com.fasterxml.jackson.core.JsonFactory;
import io.github.totpguard.core.state.SecondFactorState;
import java.io.IOException;
import java.time.DateTimeException;
import org.keycloak.util.JsonSerialization;

/**
 * A user's state as the text of its row: JSON with short keys, for it is read and written under the row's lock.
 *
 * <p>A version or a field that is not known is refused, not guessed at: it means that a newer TOTP Guard has written the row.
 */
final class StateCodec {
    static final int VERSION = 1;

    private static final JsonFactory JSON = JsonSerialization.mapper.getFactory();

    private StateCodec() {}

    static String write(SecondFactorState state) {
        return StateWriter.write(JSON, state);
    }

    /** @throws UnreadableStateException if the text is not what {@link #write} makes */
    static SecondFactorState read(String text) throws UnreadableStateException {
        try {
            return StateReader.read(JSON, text);
        } catch (IOException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // The cause may quote the text.
            throw new UnreadableStateException("not the JSON it should be");
        }
    }

    /** The row cannot be understood. */
    static final class UnreadableStateException extends Exception {
        UnreadableStateException(String message) {
            super(message);
        }
    }
}
