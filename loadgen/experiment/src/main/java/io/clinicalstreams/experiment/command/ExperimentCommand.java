package io.clinicalstreams.experiment.command;

import picocli.CommandLine.Command;

/** {@code loadgen experiment}: repeatable proof for a setting. */
@Command(
        name = "experiment",
        description = "Measures what a setting does, in paired trials, and says so only if the machine was quiet.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RunExperimentCommand.class,
            ListExperimentsCommand.class,
            ExperimentTableCommand.class,
            ExperimentEvidenceCommand.class
        })
public final class ExperimentCommand {}
