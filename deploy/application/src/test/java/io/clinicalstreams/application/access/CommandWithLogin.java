package io.clinicalstreams.application.access;

import io.clinicalstreams.application.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The result of {@code topics ...} with credentials that the cluster accepts. */
record CommandWithLogin(int exitCode, String out, String err) {

    private static final int FAILURE = 1;

    /** @param settings with the credentials */
    static CommandWithLogin as(Map<String, Object> settings, SecuredSystem system, String... words) {
        List<String> arguments = new ArrayList<>(List.of("topics"));
        arguments.addAll(List.of(words));
        arguments.addAll(List.of(
                "--bootstrap-server",
                system.bootstrapServers(),
                "--command-config",
                file(settings, system).toString()));
        CommandResult said = CommandResult.by(arguments);
        return new CommandWithLogin(said.exitCode(), said.out(), said.err());
    }

    private static Path file(Map<String, Object> settings, SecuredSystem system) {
        try {
            return system.settingsFile(settings);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Why the command failed: the line about authorization, or all output. Empty if it did not fail. */
    Optional<String> refusal() {
        return exitCode == FAILURE ? lineWith("uthoriz").or(() -> Optional.of(toString())) : Optional.empty();
    }

    Optional<String> lineWith(String text) {
        return Stream.of(out, err)
                .flatMap(String::lines)
                .filter(line -> line.contains(text))
                .findFirst();
    }
}
