package io.clinicalstreams.cluster.command;

import picocli.CommandLine.Command;

/** `cluster`: real Kafka brokers on this machine, in the background. */
@Command(
        name = "cluster",
        description = "Kafka brokers on this machine, in the background.",
        mixinStandardHelpOptions = true,
        subcommands = {StartCommand.class, StatusCommand.class, StopCommand.class})
public final class ClusterCommand {}
