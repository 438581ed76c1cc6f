package io.github.totpguard.keycloak.gate.store;

import com.fasterxml.jackson.core.JsonFactory;
import io.github.totpguard.core.state.SecondFactorState;
import java.io.IOException;
import java.time.DateTimeException;
import org.keycloak.util.JsonSerialization;

/**
 * A user's state as the text of its row: JSON. Its keys are short, because it is read and written while the row is
 * locked.
 *
 * <p>An unknown version or field is refused and not guessed at, because it means that a newer TOTP Guard has written
 * the row.
 */
final class StateCodec {
    static final int VERSION = 1;

    private static final JsonFactory JSON = JsonSerialization.mapper.getFactory();

    private StateCodec() {}

    static String write(SecondFactorState state) {
        return StateWriter.write(JSON, state);
    }

    /** @throws UnreadableStateException if the text does not have the form that {@link #write} produces */
    static SecondFactorState read(String text) throws UnreadableStateException {
        try {
            return StateReader.read(JSON, text);
        } catch (IOException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // The cause is dropped, because it may quote the text.
            throw new UnreadableStateException("not the expected JSON");
        }
    }

    /** The text of the row is not readable. */
    static final class UnreadableStateException extends Exception {
        UnreadableStateException(String message) {
            super(message);
        }
    }
}
