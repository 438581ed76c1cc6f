package io.github.totpguard.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The entry point of the tool: {@code java -jar totp-guard-cli.jar}. */
@Command(
        name = TotpGuardCli.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = TotpGuardCli.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "One-time passwords on the command line: secrets, otpauth URIs, QR codes, codes.",
        footerHeading = "%n",
        footer = {
            "A key (a secret in Base32, or an otpauth URI) is read from standard input. At a terminal, the tool asks"
                    + " for it and doesn't show it. A key is never an argument, because arguments are in the list of"
                    + " processes and in the shell's history."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 1:verify: the code is wrong; import: no account in the file can be imported",
            " 2:the command line is wrong",
            " 3:a key, a URI, a picture or another app's file can't be read",
            " 4:a file can't be opened or written",
            "70:a fault in this tool"
        })
public final class TotpGuardCli {

    static final String NAME = "totp-guard";

    private static final int HELP_WIDTH = 80;

    TotpGuardCli() {}

    public static void main(String[] arguments) {
        // Pictures are read and written, but never shown.
        System.setProperty("java.awt.headless", "true");
        Clock clock = Clock.systemUTC();
        ToolEnvironment environment = new ToolEnvironment(
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Optional.ofNullable(System.console()).map(TotpGuardCli::prompt),
                clock,
                moment -> sleep(Duration.between(clock.instant(), moment)),
                new SecureRandom());
        System.exit(commandLine(environment).execute(arguments));
    }

    static CommandLine commandLine(ToolEnvironment environment) {
        CommandLine tool = new CommandLine(new TotpGuardCli())
                .addSubcommand(new SecretCommand(environment))
                .addSubcommand(new UriCommand(environment))
                .addSubcommand(new QrCommand(environment))
                .addSubcommand(new CodeCommand(environment))
                .addSubcommand(new VerifyCommand(environment))
                .addSubcommand(new ImportCommand(environment))
                .addSubcommand(new AutoComplete.GenerateCompletion())
                .addSubcommand(new ManPageCommand(environment));
        tool.getSubcommands().values().forEach(command -> command.getCommandSpec()
                .versionProvider(new Version()));
        return tool.setOut(environment.out())
                .setErr(environment.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setParameterExceptionHandler((wrong, arguments) -> usage(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static ToolEnvironment.Prompt prompt(Console console) {
        return question -> console.readPassword("%s", question);
    }

    private static boolean sleep(Duration duration) {
        try {
            // Waits one millisecond more, so that it never returns before the given time.
            TimeUnit.MILLISECONDS.sleep(Math.max(0, duration.toMillis()) + 1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int usage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(NAME + ": " + UsageError.words(wrong));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        if (failure instanceof ToolFailure known) {
            command.getErr().println(NAME + ": " + known.getMessage());
            return known.exitCode();
        }
        failure.printStackTrace(command.getErr());
        return ExitCode.FAULT;
    }

    /** Reads the version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = TotpGuardCli.class.getPackage().getImplementationVersion();
            return new String[] {NAME + " " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
