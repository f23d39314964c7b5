package io.clinicalstreams.cluster.command;

import picocli.CommandLine;

/** The `cluster` command as a program of its own. */
public final class ClusterProgram {

    private ClusterProgram() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new ClusterCommand()).execute(args));
    }
}
