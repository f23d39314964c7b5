package io.clinicalstreams.cluster.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The cluster's folder, with the same default for all three commands. */
final class DirectoryOption {

    @Option(
            names = "--directory",
            paramLabel = "PATH",
            defaultValue = ".clinical-streams/cluster",
            description = "The cluster's folder: data, settings, logs (default: ${DEFAULT-VALUE}).")
    Path directory = Path.of(".clinical-streams", "cluster");
}
