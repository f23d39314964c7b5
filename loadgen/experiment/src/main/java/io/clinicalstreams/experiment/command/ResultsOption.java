package io.clinicalstreams.experiment.command;

import io.clinicalstreams.experiment.result.ResultFiles;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where results are. */
final class ResultsOption {

    @Option(
            names = "--results",
            paramLabel = "FOLDER",
            defaultValue = "loadgen/experiments/results",
            description = "Results, a folder for each machine (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("loadgen", "experiments", "results");

    ResultFiles files() {
        return new ResultFiles(folder);
    }
}
