package io.clinicalstreams.cluster.command;

import io.clinicalstreams.cluster.DetachedCluster;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.cluster.LocalClusterBuilder;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `cluster start`: returns when all brokers answer, and prints their addresses; they run until `cluster stop`. */
@Command(
        name = "start",
        description = "Start brokers, wait until they answer and print their addresses.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final DirectoryOption folder = new DirectoryOption();

    @Option(names = "--brokers", paramLabel = "N", defaultValue = "1", description = "Number of brokers (default: 1).")
    private int brokers = 1;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The first broker's port; the others use the next ones (default: free ports).")
    private int port;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Serve the brokers' metrics to Prometheus: the first broker's on this port, the others' on the"
                            + " next ones.")
    private @Nullable Integer metricsPort;

    @Option(
            names = "--heap",
            paramLabel = "MIB",
            defaultValue = "512",
            description = "Heap of each broker in MiB (default: ${DEFAULT-VALUE}).")
    private int heap = 512;

    @Option(names = "--setting", paramLabel = "NAME=VALUE", description = "A broker setting; repeat for more.")
    private Map<String, String> settings = new TreeMap<>();

    @Override
    public ExitCode call() {
        LocalClusterBuilder builder =
                LocalCluster.builder().brokers(brokers).port(port).heap(heap).directory(folder.directory);
        settings.forEach(builder::setting);
        if (metricsPort != null) {
            builder.metricsPort(metricsPort);
        }
        DetachedCluster cluster = builder.startDetached();
        spec.commandLine().getOut().println(cluster.bootstrapServers());
        spec.commandLine()
                .getErr()
                .println(brokers + (brokers == 1 ? " broker answers" : " brokers answer") + "; data and logs in "
                        + cluster.directory());
        return ExitCode.OK;
    }
}
