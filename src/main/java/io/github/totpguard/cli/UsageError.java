package io.github.totpguard.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains what is wrong with a command line, without any part of a secret. */
final class UsageError {

    private UsageError() {}

    static String words(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return wrong.getMessage();
        }
        CommandLine command = wrong.getCommandLine();
        List<String> options = unmatched.getUnmatched().stream()
                .filter(argument -> argument.startsWith("-"))
                .map(argument -> argument.replaceAll("=.*", ""))
                .toList();
        if (!options.isEmpty()) {
            Set<String> known = command.getCommandSpec().optionsMap().keySet();
            return options.stream().map(option -> ofOption(option, known)).collect(Collectors.joining(" "));
        }
        return command.getSubcommands().isEmpty()
                ? "This command doesn't take this argument. A key is read from standard input."
                : ofCommand(
                        unmatched.getUnmatched().get(0),
                        command.getSubcommands().keySet());
    }

    private static String ofOption(String option, Set<String> known) {
        UnknownWord unknown = new UnknownWord(option, known);
        return unknown.isTypingError()
                ? "There is no option " + unknown + ". Did you mean "
                        + unknown.nearest().orElseThrow() + "?"
                : "There is no such option." + nearest(unknown);
    }

    private static String ofCommand(String command, Set<String> known) {
        UnknownWord unknown = new UnknownWord(command, known);
        return unknown.isTypingError()
                ? "There is no command '" + unknown + "'. Did you mean '"
                        + unknown.nearest().orElseThrow() + "'?"
                : "There is no such command." + nearest(unknown) + " The commands are: " + String.join(", ", known)
                        + ". A key is read from standard input.";
    }

    private static String nearest(UnknownWord unknown) {
        return unknown.nearest().map(known -> " The nearest is " + known + ".").orElse("");
    }
}
