package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExportsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char[] PASSWORD = "p\u00e4ssword \ud83d\ude00".toCharArray();

    @Property(tries = 300)
    @Label("an exported list is imported as it was")
    void list(@ForAll("accounts") List<OtpAuthUri> accounts) throws UnreadableImportException {
        String list = Exports.otpauthList(accounts);
        if (accounts.isEmpty()) {
            assertThat(list).isEmpty();
            return;
        }
        assertThat(Fixtures.accepted(ImportReader.read(List.of(list), Optional.empty())))
                .isEqualTo(accounts);
    }

    @Property(tries = 8)
    @Label("an exported Aegis vault is imported as it was, with its password alone")
    void aegis(@ForAll("accounts") List<OtpAuthUri> accounts) throws Exception {
        String file = Exports.aegisEncrypted(accounts, PASSWORD, new SecureRandom());
        Import read = ImportReader.read(List.of(file), Optional.of(PASSWORD));
        assertThat(read.format()).isEqualTo(Format.AEGIS);
        assertThat(Fixtures.accepted(read)).isEqualTo(accounts);
        assertThat(read.items()).hasSameSizeAs(accounts);
    }

    @Test
    @DisplayName("a list has one URI per line")
    void lines() {
        assertThat(Exports.otpauthList(Fixtures.ACCOUNTS).lines())
                .containsExactlyElementsOf(
                        Fixtures.ACCOUNTS.stream().map(OtpAuthUri::print).toList());
    }

    @Test
    @DisplayName("the vault has the members of Aegis's own vault, equally strong parameters, and no plain text")
    void shape() throws Exception {
        String text = Exports.aegisEncrypted(Fixtures.ACCOUNTS, PASSWORD, new SecureRandom());
        JsonNode file = JSON.readTree(text);
        JsonNode theirs = JSON.readTree(Fixtures.text("aegis-encrypted.json"));
        assertThat(names(file)).isEqualTo(names(theirs));
        assertThat(names(file.get("header"))).isEqualTo(names(theirs.get("header")));
        JsonNode slot = file.get("header").get("slots").get(0);
        JsonNode theirSlot = theirs.get("header").get("slots").get(1);
        assertThat(names(slot)).isEqualTo(names(theirSlot));
        for (String same : List.of("type", "n", "r", "p", "repaired")) {
            assertThat(slot.get(same)).isEqualTo(theirSlot.get(same));
        }
        for (String length : List.of("key", "salt", "uuid")) {
            assertThat(slot.get(length).textValue())
                    .hasSameSizeAs(theirSlot.get(length).textValue());
        }
        assertThat(names(slot.get("key_params"))).isEqualTo(names(theirSlot.get("key_params")));
        assertThat(UUID.fromString(slot.get("uuid").textValue()))
                .returns(4, UUID::version)
                .returns(2, UUID::variant);
        assertThat(text).doesNotContain("Harbour").doesNotContain("totp");
    }

    @Test
    @DisplayName("its entries have the members of Aegis's own entries")
    void entries() throws Exception {
        JsonNode ours = content(Exports.aegisEncrypted(Fixtures.ACCOUNTS, PASSWORD, new SecureRandom()));
        JsonNode theirs = JSON.readTree(Fixtures.text("aegis-plain.json")).get("db");
        assertThat(ours.get("version")).isEqualTo(theirs.get("version"));
        assertThat(ours.get("entries")).hasSameSizeAs(theirs.get("entries"));
        List<UUID> ids = StreamSupport.stream(ours.get("entries").spliterator(), false)
                .map(entry -> UUID.fromString(entry.get("uuid").textValue()))
                .toList();
        assertThat(ids)
                .allMatch(id -> id.version() == 4 && id.variant() == 2)
                .extracting(UUID::getMostSignificantBits)
                .doesNotHaveDuplicates();
        assertThat(ids).extracting(UUID::getLeastSignificantBits).doesNotHaveDuplicates();
        for (int i = 0; i < theirs.get("entries").size(); i++) {
            JsonNode our = ours.get("entries").get(i);
            JsonNode their = theirs.get("entries").get(i);
            assertThat(names(our)).containsAll(names(their));
            for (String same : List.of("type", "name", "issuer", "icon", "info")) {
                assertThat(our.get(same)).as(same).isEqualTo(their.get(same));
            }
        }
    }

    @Test
    @DisplayName("two exports have no random value in common")
    void fresh() throws Exception {
        SecureRandom random = new SecureRandom();
        JsonNode one = JSON.readTree(Exports.aegisEncrypted(Fixtures.ACCOUNTS, PASSWORD, random));
        JsonNode other = JSON.readTree(Exports.aegisEncrypted(Fixtures.ACCOUNTS, PASSWORD, random));
        for (String path : List.of(
                "/db",
                "/header/params/nonce",
                "/header/slots/0/key",
                "/header/slots/0/salt",
                "/header/slots/0/uuid",
                "/header/slots/0/key_params/nonce")) {
            assertThat(one.at(path).isTextual()).as(path).isTrue();
            assertThat(one.at(path)).as(path).isNotEqualTo(other.at(path));
        }
    }

    @Provide
    Arbitrary<List<OtpAuthUri>> accounts() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("\u00e4\u05d0\u2708+&%#?=/")
                .excludeChars(':')
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(String::strip)
                .filter(name -> !name.isEmpty());
        Arbitrary<OtpSecret> secrets = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(64)
                .map(OtpSecret::ofBytes);
        Arbitrary<OtpParameters> parameters = Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.of(OtpAlgorithm.class),
                                Arbitraries.integers().between(1, 10),
                                Arbitraries.integers().between(1, 86_400))
                        .as(OtpParameters.Totp::new),
                Combinators.combine(
                                Arbitraries.of(OtpAlgorithm.class),
                                Arbitraries.integers().between(1, 10))
                        .as(OtpParameters.Hotp::new),
                Arbitraries.just(new OtpParameters.Steam()));
        Arbitrary<Long> counters = Arbitraries.longs().between(0, OtpParameters.Hotp.END_OF_COUNTERS - 1);
        return Combinators.combine(names.optional(), names, secrets, parameters, counters)
                .as((issuer, account, secret, kind, counter) -> new OtpAuthUri(
                        issuer,
                        account,
                        secret,
                        kind,
                        kind instanceof OtpParameters.Hotp ? OptionalLong.of(counter) : OptionalLong.empty()))
                .list()
                .ofMaxSize(10);
    }

    /** Decrypts the vault independently, as Aegis's documentation describes it. */
    private static JsonNode content(String text) throws Exception {
        JsonNode file = JSON.readTree(text);
        JsonNode header = file.get("header");
        byte[] master = AegisSlots.open(header.get("slots"), PASSWORD, KdfBound.DEFAULT);
        HexFormat hex = HexFormat.of();
        byte[] json = AesGcm.open(
                        master,
                        hex.parseHex(header.at("/params/nonce").textValue()),
                        Base64.getDecoder().decode(file.get("db").textValue()),
                        hex.parseHex(header.at("/params/tag").textValue()))
                .orElseThrow();
        return JSON.readTree(new String(json, StandardCharsets.UTF_8));
    }

    private static TreeSet<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> i = object.fieldNames(); i.hasNext(); ) {
            names.add(i.next());
        }
        return new TreeSet<>(names);
    }
}
