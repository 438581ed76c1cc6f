package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of JSON, and what is refused before it is built. */
class JsonTreeTest {

    private static final int MAX_STRING = JsonTree.MAX_STRING;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "icon",
                "icons",
                "iconCollection",
                "CustomIcons",
                "favicon",
                "image",
                "thumbnail",
                "logo",
                "passwordHistory"
            })
    @Tag("S55")
    @DisplayName("pictures are not in the tree, whatever their type and position")
    void pictures(String name) throws UnreadableImportException {
        String picture = "{\"a\":[1,\"" + "x".repeat(100_000) + "\",{\"icon\":null,\"icon\":2}],\"b\":-1.5e3}";
        for (String value : new String[] {picture, "\"x\"", "[[]]", "{}", "null", "true"}) {
            String json =
                    "{\"one\":[{\"" + name + "\":" + value + ",\"two\":2}],\"" + name + "\":" + value + ",\"three\":3}";
            assertThat(JsonFile.parse(json)).hasToString("{\"one\":[{\"two\":2}],\"three\":3}");
        }
    }

    @Test
    @Tag("S55")
    @DisplayName("a string that is too long for an account becomes null, and the longest allowed one is kept")
    void longStrings() throws UnreadableImportException {
        String longest = "x".repeat(MAX_STRING);
        JsonNode tree =
                JsonFile.parse("{\"before\":\"\\\"\",\"a\":\"" + longest + "\",\"b\":\"" + longest + "x\",\"c\":[\""
                        + longest + "x\",\"" + "\\n".repeat(MAX_STRING / 2) + "\",\""
                        + "\\u00e4".repeat(MAX_STRING / 6 + 1)
                        + "\"],\"after\":1}");
        assertThat(tree.get("before").textValue()).isEqualTo("\"");
        assertThat(tree.get("a").textValue()).isEqualTo(longest);
        assertThat(tree.get("b").isNull()).isTrue();
        assertThat(tree.get("c").get(0).isNull()).isTrue();
        assertThat(tree.get("c").get(1).textValue()).isEqualTo("\n".repeat(MAX_STRING / 2));
        assertThat(tree.get("c").get(2).isNull()).isTrue();
        assertThat(tree.get("after").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "servicesEncrypted", "encryptedData", "content"})
    @Tag("S55")
    @DisplayName("a ciphertext may be as long as the file if it is in its format's position")
    void ciphertexts(String name) throws UnreadableImportException {
        String ciphertext = "x".repeat(MAX_STRING + 1);
        JsonNode tree = JsonFile.parse(
                "{\"" + name + "\":\"" + ciphertext + "\",\"a\":{\"" + name + "\":\"" + ciphertext + "\"}}");
        assertThat(tree.get(name).textValue()).isEqualTo(ciphertext);
        assertThat(tree.get("a").get(name).isNull()).isTrue();
    }

    @Test
    @Tag("S43")
    @DisplayName("kept data is limited in parts and characters, skipped data in parts")
    void parts() throws UnreadableImportException {
        String passedOver = "{\"icon\":[" + "0,".repeat(JsonTree.MAX_PASSED_OVER - 3);
        assertThat(JsonFile.parse(passedOver + "0]}").size()).isZero();
        assertRefused(Reason.TOO_LARGE, passedOver + "0,0]}");
        String objects = "[" + "{\"a\":{}},".repeat(JsonTree.MAX_KEPT / 5 - 1);
        assertThat(JsonFile.parse(objects + "0]")).hasSize(JsonTree.MAX_KEPT / 5);
        assertRefused(Reason.TOO_LARGE, objects + "0,0,0,0]");
        String texts = "[" + ("\"" + "x".repeat(MAX_STRING) + "\",").repeat(JsonTree.MAX_CHARACTERS / MAX_STRING - 1);
        assertThat(JsonFile.parse(texts + "\"" + "x".repeat(MAX_STRING) + "\"]"))
                .isNotEmpty();
        assertRefused(Reason.TOO_LARGE, texts + "\"" + "x".repeat(MAX_STRING) + "\",\"x\"]");
    }

    @Test
    @Tag("S43")
    @DisplayName("nesting is limited, also in skipped data")
    void depth() throws UnreadableImportException {
        int inside = ImportReader.MAX_DEPTH - 1;
        assertThat(JsonFile.parse("{\"icon\":" + "[".repeat(inside) + "]".repeat(inside) + "}"))
                .isEmpty();
        assertRefused(Reason.TOO_DEEP, "{\"icon\":" + "[".repeat(inside + 1) + "]".repeat(inside + 1) + "}");
        assertRefused(Reason.TOO_DEEP, "[".repeat(1_000_000));
        assertRefused(Reason.TOO_DEEP, "{\"a\":".repeat(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"b\":{\"a\":1,\"a\":1}}",
                "[123456789012345678901234567890123]",
                "[1,2",
                "{\"a\"",
                "{\"a\":",
                "{\"icon\":[1",
                "[\"x",
                "[] []",
                "[]]",
                "{\"a\" 1}",
                "[01]",
                "[NaN]",
                "[\"\\x\"]",
                ""
            })
    @DisplayName("a duplicate name, a huge number, a missing end and text after the end are refused")
    void damaged(String json) {
        assertRefused(Reason.DAMAGED, json);
    }

    @Test
    @Tag("S43")
    @DisplayName("a huge name is refused, and a huge number is refused before it is computed")
    void huge() {
        assertRefused(Reason.DAMAGED, "{\"" + "x".repeat(2000) + "\":1}");
        assertRefused(Reason.DAMAGED, "[" + "9".repeat(1_000_000) + "]");
        assertRefused(Reason.DAMAGED, "[0." + "9".repeat(1_000_000) + "]");
    }

    @Test
    @DisplayName("values are unchanged")
    void values() throws UnreadableImportException {
        String json = "{\"a\":[1,-9223372036854775808,9223372036854775808,1.5,true,false,null,\"\",{},[]]}";
        assertThat(JsonFile.parse(json)).hasToString(json);
    }

    private static void assertRefused(Reason reason, String json) {
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> JsonFile.parse(json))
                .matches(e -> e.reason() == reason)
                .withNoCause();
    }
}
