package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Property(tries = 500, seed = "8259")
    @Tag("S31")
    @Label("any text is read back by another reader, lone surrogates included, and is ASCII on the way")
    void text(@ForAll String text) throws JsonProcessingException {
        String json = Json.of(Map.of("t", text));
        assertThat(json).matches("[ -~]*");
        assertThat(new ObjectMapper().readTree(json).path("t").asText()).isEqualTo(text);
    }

    @Test
    @DisplayName("numbers, booleans and lists are written, and an empty Optional becomes null")
    void values() {
        assertThat(Json.of(List.of(1, -2L, true, List.of(), Map.of(), Optional.of("a"), Optional.empty())))
                .isEqualTo("[1,-2,true,[],{},\"a\",null]");
        assertThat(Json.of(List.of(OptionalInt.of(3), OptionalInt.empty(), OptionalLong.of(4), OptionalLong.empty())))
                .isEqualTo("[3,null,4,null]");
        assertThatIllegalArgumentException().isThrownBy(() -> Json.of(new Object()));
    }
}
