package io.clinicalstreams.pipeline.command;

import picocli.CommandLine.Command;

/** {@code alerts}: looking at alerts. */
@Command(
        name = "alerts",
        description = "Shows clinical alerts.",
        mixinStandardHelpOptions = true,
        subcommands = TailCommand.class)
public final class AlertsCommand {}
