package io.clinicalstreams.cluster.command;

import io.clinicalstreams.topics.terminal.CommandKit;
import picocli.CommandLine;

/** The `cluster` command as a program of its own. */
public final class ClusterProgram {

    private ClusterProgram() {}

    public static void main(String[] args) {
        System.exit(CommandKit.of(new CommandLine(new ClusterCommand())).execute(args));
    }
}
