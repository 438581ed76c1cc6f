package io.github.totpguard.cli;

import io.github.totpguard.core.transfer.Import;
import io.github.totpguard.core.transfer.ImportBound;
import io.github.totpguard.core.transfer.ImportItem;
import io.github.totpguard.core.transfer.ImportReader;
import io.github.totpguard.core.transfer.UnreadableImportException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the accounts in an export of another app. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Shows the accounts in a file of another app: its export, a list of otpauth URIs, pictures or"
                + " texts of QR codes. Stores nothing. Exits with 1 if no account can be imported.")
final class ImportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The file, or several pictures or texts of QR codes from one export.")
    private List<Path> files;

    @Option(
            names = "--password",
            description = "The file is encrypted: read its password from standard input, or ask for it at a terminal.")
    private boolean encrypted;

    @Option(names = "--uris", description = "Print only the otpauth URI of each account, including the secret.")
    private boolean uris;

    @Option(names = "--json", description = "Print JSON: format, items, batch. Without secrets.")
    private boolean json;

    private final ToolEnvironment environment;

    ImportCommand(ToolEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (json && uris) {
            throw ToolFailure.usage("Choose --json or --uris, not both.");
        }
        ImportFile reader = new ImportFile(environment);
        List<String> contents =
                files.stream().flatMap(file -> reader.contentsOf(file).stream()).toList();
        Import found = read(contents, encrypted ? Optional.of(password()) : Optional.empty());
        List<ImportItem.Accepted> accepted = found.items().stream()
                .filter(ImportItem.Accepted.class::isInstance)
                .map(ImportItem.Accepted.class::cast)
                .toList();
        if (uris) {
            accepted.forEach(item -> environment.out().println(item.account().print()));
        } else if (json) {
            environment.out().println(ImportView.json(found));
        } else {
            ImportView.lines(found).forEach(environment.out()::println);
        }
        return accepted.isEmpty() ? ExitCode.NO : ExitCode.DONE;
    }

    private char[] password() {
        return new HiddenInput(environment).read("Password for the file: ").toCharArray();
    }

    private static Import read(List<String> contents, Optional<char[]> password) {
        try {
            return ImportReader.read(contents, password, ImportBound.LARGE);
        } catch (UnreadableImportException e) {
            String hint = e.reason() == UnreadableImportException.Reason.PASSWORD_NEEDED ? " Add --password." : "";
            throw ToolFailure.unreadable(e.getMessage() + hint);
        } catch (OutOfMemoryError e) {
            // Deriving the key of an ente file needs up to a gigabyte.
            throw ToolFailure.unreadable("There isn't enough memory for this file. Try java -Xmx3g -jar ...");
        } finally {
            password.ifPresent(characters -> Arrays.fill(characters, '\0'));
        }
    }
}
