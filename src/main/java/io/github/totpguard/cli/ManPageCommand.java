package io.github.totpguard.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page, generated from the help of all commands (man-pages(7), groff_man(7)). */
@Command(
        name = "generate-man-page",
        mixinStandardHelpOptions = true,
        description = "Prints the manual page: generate-man-page > totp-guard.1")
final class ManPageCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private final ToolEnvironment environment;

    ManPageCommand(ToolEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        CommandLine tool = spec.root().commandLine();
        StringBuilder page = new StringBuilder();
        page.append(".TH TOTP-GUARD 1 \"\" \"")
                .append(escaped(TotpGuardCli.NAME))
                .append("\"\n.SH NAME\n")
                .append(escaped(TotpGuardCli.NAME + " - "
                        + String.join(" ", spec.root().usageMessage().description())))
                .append("\n.SH SYNOPSIS\n")
                .append(verbatim(tool.getHelp().synopsis(0)))
                .append(".SH DESCRIPTION\n");
        List.of(spec.root().usageMessage().footer())
                .forEach(line -> page.append(escaped(line)).append('\n'));
        page.append(".SH COMMANDS\n");
        for (Map.Entry<String, CommandLine> command : tool.getSubcommands().entrySet()) {
            page.append(".SS ")
                    .append(escaped(command.getKey()))
                    .append('\n')
                    .append(verbatim(command.getValue().getUsageMessage(Help.Ansi.OFF)));
        }
        page.append(".SH EXIT STATUS\n").append(verbatim(tool.getHelp().exitCodeList()));
        environment.out().print(page);
        environment.out().flush();
    }

    private static String verbatim(String text) {
        StringBuilder lines = new StringBuilder(".nf\n");
        text.lines().forEach(line -> lines.append(escaped(line)).append('\n'));
        return lines.append(".fi\n").toString();
    }

    /** Escapes what groff would read as a request, or convert to typographic dashes and quotes. */
    private static String escaped(String line) {
        String text = line.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
        return text.startsWith(".") ? "\\&" + text : text;
    }
}
