package io.clinicalstreams.cluster.command;

import io.clinicalstreams.cluster.DetachedCluster;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `cluster stop`: stops the brokers, and kills those that do not end; succeeds if none is running. */
@Command(
        name = "stop",
        description = "Stop the brokers; their data stays in the folder.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final DirectoryOption folder = new DirectoryOption();

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Seconds until they are killed (default: ${DEFAULT-VALUE}).")
    private int grace = 10;

    @Override
    public ExitCode call() {
        Optional<DetachedCluster> cluster = DetachedCluster.in(folder.directory);
        if (cluster.isEmpty()) {
            say("no cluster in " + folder.directory.toAbsolutePath().normalize());
            return ExitCode.WRONG_USAGE;
        }
        int stopped = cluster.get().stop(Duration.ofSeconds(grace));
        say(
                stopped == 0
                        ? "no broker is running in " + cluster.get().directory()
                        : "stopped " + stopped + (stopped == 1 ? " broker" : " brokers"));
        return ExitCode.OK;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
