package io.github.totpguard.keycloak.sealing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.totpguard.keycloak.sealing.UnsealingException.Reason;
import java.io.IOException;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/**
 * The plaintext inside a sealed value: the secret and its context. Any component is null if the value was not sealed by
 * TOTP Guard.
 */
record SealedContent(
        @JsonProperty("realm") String realm,
        @JsonProperty("user") String user,
        @JsonProperty("credential") String credential,
        @JsonProperty("purpose") String purpose,
        @JsonProperty("secret") String secret) {
    private static final SerializableString REALM = new SerializedString("realm");
    private static final SerializableString USER = new SerializedString("user");
    private static final SerializableString CREDENTIAL = new SerializedString("credential");
    private static final SerializableString PURPOSE = new SerializedString("purpose");
    private static final SerializableString SECRET = new SerializedString("secret");

    static SealedContent of(String secret, SealingContext context) {
        return new SealedContent(
                context.realmId(),
                context.userId(),
                context.credentialId(),
                context.purpose().claim(),
                secret);
    }

    /** @throws UnsealingException if the JSON does not have the form of this class */
    static SealedContent read(byte[] json) throws UnsealingException {
        try {
            Optional<SealedContent> asWritten = readAsWritten(json);
            return asWritten.isPresent() ? asWritten.get() : bind(json);
        } catch (IOException e) {
            throw new UnsealingException(Reason.MALFORMED);
        }
    }

    /**
     * Reads the five strings in the order in which they are written, without the cost of data binding; empty for every
     * other form.
     */
    private static Optional<SealedContent> readAsWritten(byte[] json) throws IOException {
        try (JsonParser parser = JsonSerialization.mapper.getFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            SealedContent content = new SealedContent(
                    text(parser, REALM),
                    text(parser, USER),
                    text(parser, CREDENTIAL),
                    text(parser, PURPOSE),
                    text(parser, SECRET));
            return content.isWhole() && parser.nextToken() == JsonToken.END_OBJECT
                    ? Optional.of(content)
                    : Optional.empty();
        }
    }

    private static String text(JsonParser parser, SerializableString name) throws IOException {
        return parser.nextFieldName(name) ? parser.nextTextValue() : null;
    }

    private static SealedContent bind(byte[] json) throws IOException, UnsealingException {
        return Optional.ofNullable(JsonSerialization.readValue(json, SealedContent.class))
                .orElseThrow(() -> new UnsealingException(Reason.MALFORMED));
    }

    private boolean isWhole() {
        return realm != null && user != null && credential != null && purpose != null && secret != null;
    }

    boolean belongsTo(SealingContext context) {
        return context.realmId().equals(realm)
                && context.userId().equals(user)
                && context.credentialId().equals(credential)
                && context.purpose().claim().equals(purpose);
    }

    @Override
    public String toString() {
        return "SealedContent[" + purpose + "]";
    }
}
