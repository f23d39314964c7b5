package io.clinicalstreams.pipeline.command;

import picocli.CommandLine.Command;

/** {@code alerts}: shows alerts. */
@Command(
        name = "alerts",
        description = "Shows clinical alerts.",
        mixinStandardHelpOptions = true,
        subcommands = TailCommand.class)
public final class AlertsCommand {}
