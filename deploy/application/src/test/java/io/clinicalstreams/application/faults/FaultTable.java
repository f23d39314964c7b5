package io.clinicalstreams.application.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The table of faults in this package's README: a row for each {@link Fault}, with what was measured last. */
record FaultTable(Path readme) {

    static final FaultTable IN_README = new FaultTable(Path.of(
            System.getProperty("project.root", "../.."),
            "deploy/application/src/test/java/io/clinicalstreams/application/faults/README.md"));

    static final String BEGIN = "<!-- faults:begin -->";
    static final String END = "<!-- faults:end -->";

    /** The row of a fault up to its measurement. */
    static String row(Fault fault) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %d, %d | %s | ",
                fault.name(),
                fault.shape(),
                fault,
                fault.runs().inVerify(),
                fault.runs().inAll(),
                fault.within());
    }

    /** Rewrites the row of a fault. */
    void record(Fault fault, Recoveries measured) {
        String row = row(fault);
        try {
            List<String> lines = lines();
            Files.write(
                    readme,
                    lines.stream()
                            .map(line -> line.startsWith("| `" + fault.name() + "` |") ? row + measured + " |" : line)
                            .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What the last column says. */
    String measured(Fault fault) {
        String row = row(fault);
        String line = lines().stream()
                .filter(each -> each.startsWith(row))
                .findFirst()
                .orElseThrow();
        return line.substring(row.length(), line.lastIndexOf('|')).strip();
    }

    List<String> lines() {
        try {
            return Files.readAllLines(readme);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
