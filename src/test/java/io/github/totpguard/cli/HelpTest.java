package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {

    private static final List<String> GENERATED_HELP = List.of("generate-completion");

    static Stream<List<String>> commands() {
        List<String> names = new ArrayList<>(names());
        names.removeAll(GENERATED_HELP);
        return Stream.concat(Stream.of(List.of()), names.stream().map(List::of));
    }

    private static List<String> names() {
        return List.of("secret", "uri", "qr", "code", "verify", "import", "generate-completion", "generate-man-page");
    }

    @ParameterizedTest
    @MethodSource("commands")
    @DisplayName("docs/reference/tool.md contains the help of every command as it is printed")
    void documented(List<String> command) throws IOException {
        String help = help(command);
        assertThat(help).startsWith("Usage: totp-guard").doesNotContain("\u001b", "\t");
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(Files.readString(Path.of("docs", "reference", "tool.md"))).contains("```\n" + help + "```\n");
    }

    @Test
    @DisplayName("the commands are complete, and without a command only the reference to the help is printed")
    void commandsOfTheTool() {
        assertThat(help(List.of()).lines().map(line -> line.replaceAll("^  ([a-z-]+) .*", "$1")))
                .containsSubsequence(names());
        Tool.Result nothing = new Tool().run();
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("--help");
    }

    @Test
    @DisplayName("the completion script contains every command")
    void completion() {
        Tool.Result result = new Tool().run("generate-completion");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith("#!/usr/bin/env bash")
                .contains(names())
                .contains("complete -F");
    }

    @Test
    @DisplayName("the manual page contains every command, option and exit code, and no typographic dashes")
    void manPage() {
        Tool.Result result = new Tool().run("generate-man-page");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).first().asString().startsWith(".TH TOTP-GUARD 1 ");
        for (String name : names()) {
            assertThat(result.out()).contains(".SS " + name.replace("-", "\\-"));
        }
        assertThat(result.out()).contains(".SH EXIT STATUS", "70   a fault", "\\-\\-insecure\\-secret\\-argument");
        assertThat(result.out().lines().skip(1))
                .noneMatch(line -> line.replace("\\-", "").contains("-"));
    }

    private static String help(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");
        Tool.Result result = new Tool().run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).isZero();
        return result.out().replace("\r\n", "\n");
    }
}
