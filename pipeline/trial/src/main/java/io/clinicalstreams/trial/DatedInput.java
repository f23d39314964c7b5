package io.clinicalstreams.trial;

import io.clinicalstreams.loadgen.replay.InputFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The FHIR files that a command evaluates, and the time at which it does so. */
public final class DatedInput {

    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files or folders of .json (one resource), .ndjson and .jsonl (one per line), plain or .gz;"
                    + " links are followed.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = "--now",
            paramLabel = "TIME",
            description = "What is dated later is from the future (default: the clock's time).")
    private @Nullable Instant now;

    public InputFiles files() {
        return InputFiles.of(inputs);
    }

    public Instant now() {
        return Objects.requireNonNullElseGet(now, Instant::now);
    }
}
