package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoReaderTest {

    @Test
    @DisplayName("fields of every wire type are read up to the last byte")
    void fields() throws RefusalException {
        ProtoReader reader = reader("0896011200" + "19" + "00".repeat(8) + "25" + "00".repeat(4) + "2a026869");
        assertThat(reader.next()).isTrue();
        assertThat(reader).returns(1, ProtoReader::field).returns(150L, ProtoReader::number);
        assertThat(reader.next()).isTrue();
        assertThat(reader).returns(2, ProtoReader::field).returns("", ProtoReader::text);
        assertThat(reader.next()).isTrue();
        assertThat(reader.field()).isEqualTo(3);
        assertThat(reader.next()).isTrue();
        assertThat(reader.field()).isEqualTo(4);
        assertThat(reader.next()).isTrue();
        assertThat(reader).returns(5, ProtoReader::field).returns("hi", ProtoReader::text);
        assertThat(reader.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0a0368",
                "0a036869",
                "08",
                "0880",
                "0900",
                "0d000000",
                // A number of eleven bytes, and a negative length.
                "088080808080808080808000",
                "0affffffffffffffffff01",
                "0b"
            })
    @DisplayName("data that is truncated, too long, or of an obsolete wire type is refused")
    void damaged(String message) {
        assertThatExceptionOfType(RefusalException.class)
                .isThrownBy(() -> reader(message).next())
                .matches(e -> e.reason() == ImportItem.Reason.DAMAGED);
    }

    private static ProtoReader reader(String hex) {
        return new ProtoReader(HexFormat.of().parseHex(hex));
    }
}
