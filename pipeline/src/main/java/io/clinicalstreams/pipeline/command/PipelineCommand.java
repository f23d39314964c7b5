package io.clinicalstreams.pipeline.command;

import picocli.CommandLine.Command;

/** {@code pipeline}: the microservice. */
@Command(
        name = "pipeline",
        description = "Runs the lanes of the pipeline.",
        mixinStandardHelpOptions = true,
        subcommands = RunCommand.class)
public final class PipelineCommand {}
