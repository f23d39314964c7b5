package io.clinicalstreams.cluster.command;

import io.clinicalstreams.cluster.BrokerStatus;
import io.clinicalstreams.cluster.ClusterException;
import io.clinicalstreams.cluster.DetachedCluster;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `cluster status`: lists the brokers; exit code 0 only when all of them answer. */
@Command(
        name = "status",
        description = "List the brokers. Exit code 0 when all answer, 1 when not.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    /** How the list is written. */
    enum Format {
        table,
        json
    }

    private static final String ROW = "%-6s  %-8s  %-6s  %-5s  %s";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final DirectoryOption folder = new DirectoryOption();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.table;

    @Override
    public Integer call() {
        try {
            List<BrokerStatus> brokers = DetachedCluster.in(folder.directory)
                    .map(DetachedCluster::status)
                    .orElse(List.of());
            String list =
                    switch (format) {
                        case table -> table(brokers);
                        case json -> json(brokers);
                    };
            spec.commandLine().getOut().println(list);
            if (brokers.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("no cluster in "
                                + folder.directory.toAbsolutePath().normalize());
            }
            return !brokers.isEmpty() && brokers.stream().allMatch(BrokerStatus::answering) ? 0 : 1;
        } catch (ClusterException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    private static String table(List<BrokerStatus> brokers) {
        String rows = brokers.stream()
                .map(broker -> row(
                        broker.id(),
                        broker.alive() ? broker.pid() : "-",
                        broker.port(),
                        broker.alive() ? "yes" : "no",
                        broker.answering() ? "yes" : "no"))
                .map(row -> System.lineSeparator() + row)
                .collect(Collectors.joining());
        return row("BROKER", "PID", "PORT", "ALIVE", "ANSWERING") + rows;
    }

    private static String row(Object id, Object pid, Object port, Object alive, Object answering) {
        return String.format(Locale.ROOT, ROW, id, pid, port, alive, answering);
    }

    private static String json(List<BrokerStatus> brokers) {
        return brokers.stream()
                .map(broker -> String.format(
                        Locale.ROOT,
                        "{\"id\":%d,\"pid\":%d,\"port\":%d,\"alive\":%b,\"answering\":%b}",
                        broker.id(),
                        broker.pid(),
                        broker.port(),
                        broker.alive(),
                        broker.answering()))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
