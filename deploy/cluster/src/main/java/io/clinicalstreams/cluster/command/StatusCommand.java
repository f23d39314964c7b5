package io.clinicalstreams.cluster.command;

import io.clinicalstreams.cluster.BrokerStatus;
import io.clinicalstreams.cluster.DetachedCluster;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `cluster status`: lists the brokers; exit code 0 only if all of them answer. */
@Command(
        name = "status",
        description = "List the brokers. A broker is unknown if its port is open and it does not answer within 6 s."
                + " Exit code 0 if all answer, 1 if not.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<ExitCode> {

    @Mixin
    private final DirectoryOption folder = new DirectoryOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() {
        List<BrokerStatus> brokers = DetachedCluster.in(folder.directory)
                .map(DetachedCluster::status)
                .orElse(List.of());
        output.print(() -> table(brokers), () -> brokers);
        if (brokers.isEmpty()) {
            output.say("no cluster in " + folder.directory.toAbsolutePath().normalize());
        }
        return !brokers.isEmpty() && brokers.stream().allMatch(broker -> Boolean.TRUE.equals(broker.answering()))
                ? ExitCode.OK
                : ExitCode.FAILURE;
    }

    private static Table table(List<BrokerStatus> brokers) {
        Table table = new Table("BROKER", "PID", "PORT", "ALIVE", "ANSWERING");
        for (BrokerStatus broker : brokers) {
            table.row(
                    String.valueOf(broker.id()),
                    broker.pid() > 0 ? String.valueOf(broker.pid()) : "-",
                    String.valueOf(broker.port()),
                    inWords(broker.alive()),
                    inWords(broker.answering()));
        }
        return table;
    }

    private static String inWords(@Nullable Boolean known) {
        return known == null ? "unknown" : known ? "yes" : "no";
    }
}
