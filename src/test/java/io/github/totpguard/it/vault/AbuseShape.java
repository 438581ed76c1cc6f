package io.github.totpguard.it.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A request that costs the server more than its sender.
 *
 * @param path below {@code /realms/{realm}/totp-guard/}
 * @param body empty for a GET
 */
record AbuseShape(String name, String path, byte[] body) {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    /** Just below the size that Keycloak itself refuses. */
    private static final int LARGE = 9 << 20;
    /** Just below the size that the vault refuses to read as a file. */
    private static final int FILE = (8 << 20) - 100;

    /** All shapes except the one that depends on the user. All users share them, because they are large. */
    private static final List<AbuseShape> OF_ALL = ofAll();

    /** The number of shapes. */
    static final int KINDS = OF_ALL.size() + 1;

    /** All shapes, for a user who has these accounts. */
    static List<AbuseShape> all(List<String> ids) {
        String codes = ids.stream().map(id -> "id=" + id).collect(Collectors.joining("&", "tokens?next=true&", ""));
        List<AbuseShape> all = new ArrayList<>(OF_ALL);
        all.add(new AbuseShape("a hundred codes", codes, new byte[0]));
        return all;
    }

    private static List<AbuseShape> ofAll() {
        String many = uris(1_000, "many");
        return List.of(
                imports("a wide tree beside", "{\"contents\":[\"x\"],\"z\":[" + filled("{},", LARGE) + "{}]}"),
                imports("a deep tree beside", "{\"contents\":[\"x\"],\"z\":" + filled("[", LARGE)),
                imports("a huge text beside", "{\"contents\":[\"x\"],\"z\":\"" + filled("a", LARGE) + "\"}"),
                imports("a huge number beside", "{\"contents\":[\"x\"],\"z\":" + filled("9", LARGE) + "}"),
                imports("a huge name", "{\"contents\":[\"x\"],\"" + filled("n", LARGE) + "\":1}"),
                imports("many names", "{" + names(LARGE) + "\"contents\":[\"x\"]}"),
                imports("a huge text", content(filled("a", LARGE))),
                imports("many texts", "{\"contents\":[" + filled("\"x\",", LARGE) + "\"x\"]}"),
                imports("a file with a wide tree", content("[" + filled("{},", FILE) + "{}]")),
                imports("a file with a deep tree", content(filled("[", FILE))),
                imports("a file with a huge text", content("{\"db\":\"" + filled("a", FILE) + "\"}")),
                imports("a list of many lines", content(filled("otpauth://totp/a?secret=" + SECRET + "\n", FILE))),
                imports("a thousand accounts", content(many).replace("{", "{\"preview\":true,")),
                imports("one account", content(uris(1, "one"))),
                imports("one account looked at", content(uris(1, "look")).replace("{", "{\"preview\":true,")),
                imports("Aegis, wrong password", encrypted(1, 1 << 15, 1)),
                imports("Aegis, sixteen slots", encrypted(16, 1 << 15, 1)),
                imports("Aegis, sixteen passes", encrypted(1, 1 << 15, 16)),
                imports("Aegis, 1 GiB", encrypted(1, 1 << 20, 1)),
                imports("a file that unpacks to much", content("data:;base64," + zipOfZeros(256 << 20))),
                new AbuseShape("a list", "accounts?max=1000", new byte[0]),
                posted("encrypted export", "export", "{\"format\":\"aegis\",\"password\":\"long enough\"}"),
                posted("plain export", "export", "{\"format\":\"otpauth\"}"),
                posted(
                        "one more account",
                        "accounts",
                        "{\"uri\":\"" + uris(1, "more").strip() + "\"}"),
                posted("a huge account", "accounts", "{\"uri\":\"" + filled("a", LARGE) + "\"}"));
    }

    /** A list of URIs of new accounts. */
    static String uris(int count, String issuer) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(
                        Locale.ROOT, "otpauth://totp/%s:u%d?secret=%s&issuer=%s%n", issuer, i, SECRET, issuer))
                .collect(Collectors.joining());
    }

    /** An encrypted Aegis file that no password opens, as the body of an import. */
    static String encrypted(int slots, int n, int p) {
        String params = "{\"nonce\":\"" + "00".repeat(12) + "\",\"tag\":\"" + "00".repeat(16) + "\"}";
        String slot = "{\"type\":1,\"uuid\":\"a\",\"key\":\"" + "00".repeat(32) + "\",\"key_params\":" + params
                + ",\"n\":" + n + ",\"r\":8,\"p\":" + p + ",\"salt\":\"" + "00".repeat(32) + "\",\"repaired\":true}";
        String file = "{\"version\":1,\"header\":{\"slots\":["
                + String.join(",", Collections.nCopies(slots, slot)) + "],\"params\":" + params
                + "},\"db\":\"" + Base64.getEncoder().encodeToString(new byte[64]) + "\"}";
        return content(file).replaceFirst("\\{", "{\"password\":\"a wrong one\",");
    }

    private static String content(String file) {
        return "{\"contents\":[\""
                + file.replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "") + "\"]}";
    }

    private static AbuseShape imports(String name, String body) {
        return posted("import: " + name, "import", body);
    }

    private static AbuseShape posted(String name, String path, String body) {
        return new AbuseShape(name, path, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String filled(String part, int length) {
        return part.repeat(length / part.length());
    }

    private static String names(int length) {
        StringBuilder names = new StringBuilder(length);
        for (int i = 0; names.length() < length; i++) {
            names.append('"').append(i).append("\":0,");
        }
        return names.toString();
    }

    private static String zipOfZeros(int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("export.data"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < length; i += zeros.length) {
                zip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
