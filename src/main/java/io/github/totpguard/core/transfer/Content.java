package io.github.totpguard.core.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The content of a file: text in any Unicode encoding, or bytes that are not text. */
sealed interface Content {

    String DATA = "data:";
    String BASE64 = ";base64,";

    /**
     * The maximum length of the media type of a data URL. If there is no comma up to here, the content is a text that
     * begins with {@value #DATA}.
     */
    int MAX_MEDIA_TYPE = 256;

    record Text(String text) implements Content {

        /** Contains nothing of the text, because secrets are in it. */
        @Override
        public String toString() {
            return "Text";
        }
    }

    record Binary(byte[] bytes) implements Content {

        /** Contains nothing of the bytes, because secrets are in them. */
        @Override
        public String toString() {
            return "Binary";
        }
    }

    /**
     * @param content text, or a data URL (RFC 2397) with the bytes of a file in Base64
     * @throws UnreadableImportException if it is a data URL and its data is not Base64
     */
    static Content of(String content) throws UnreadableImportException {
        int comma = content.startsWith(DATA) ? content.indexOf(BASE64) : -1;
        if (comma < 0 || comma > MAX_MEDIA_TYPE) {
            return new Text(withoutMark(content));
        }
        return of(Encoded.base64(content.substring(comma + BASE64.length())));
    }

    /** Decodes text in UTF-8 or UTF-16, with or without a byte order mark. Everything else is kept as bytes. */
    static Content of(byte[] file) {
        return charset(file)
                .flatMap(charset -> decoded(file, charset))
                .map(Content::withoutMark)
                .filter(text -> text.indexOf('\0') < 0)
                .<Content>map(Text::new)
                .orElseGet(() -> new Binary(file));
    }

    /** The content in the form that {@link ImportReader#read} accepts. */
    default String print() {
        return this instanceof Text text
                ? text.text()
                : DATA + "application/octet-stream" + BASE64
                        + Base64.getEncoder().encodeToString(((Binary) this).bytes());
    }

    private static Optional<Charset> charset(byte[] file) {
        if (file.length % 2 == 0 && file.length > 0) {
            int mark = (file[0] & 0xff) << Byte.SIZE | file[1] & 0xff;
            if (mark == 0xfeff) {
                return Optional.of(StandardCharsets.UTF_16BE);
            }
            if (mark == 0xfffe) {
                return Optional.of(StandardCharsets.UTF_16LE);
            }
        }
        return unmarked(file);
    }

    /**
     * Detects UTF-16 without a byte order mark: most characters of JSON, URIs and XML are ASCII, so every other byte is
     * zero.
     */
    private static Optional<Charset> unmarked(byte[] file) {
        int[] zeros = new int[2];
        for (int i = 0; i < file.length; i++) {
            zeros[i % 2] += file[i] == 0 ? 1 : 0;
        }
        if (zeros[0] == 0 && zeros[1] == 0) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        // At least three of four characters must be ASCII. With fewer, the file is probably a binary format with small
        // numbers.
        boolean mostly = (zeros[0] + zeros[1]) * 8L >= file.length * 3L;
        if (!mostly || file.length % 2 != 0 || zeros[0] > 0 && zeros[1] > 0) {
            return Optional.empty();
        }
        return Optional.of(zeros[0] > 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    }

    private static Optional<String> decoded(byte[] file, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
