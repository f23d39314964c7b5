package io.clinicalstreams.topics.command;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicsOnCluster;
import io.clinicalstreams.topics.TopicsOnCluster.Outcome;
import io.clinicalstreams.topics.TopicsOnCluster.State;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code topics apply}: creates what the cluster has not, and says where the rest differs. */
@Command(
        name = "apply",
        description = "Creates the topics that the cluster does not have. Existing topics are not changed; where they "
                + "differ from the catalogue is said on stderr.",
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        Catalogue catalogue = catalogueOptions.load();
        try (Admin admin = cluster.admin()) {
            TopicsOnCluster.createMissing(catalogue, admin).forEach(this::report);
        }
        return 0;
    }

    private void report(Outcome outcome) {
        PrintWriter out = spec.commandLine().getOut();
        String name = outcome.topic().fullName();
        if (outcome.state() == State.CREATED) {
            out.println("created " + name + " (partitions " + outcome.topic().partitions() + ", replication "
                    + outcome.topic().replication() + ")");
        } else {
            out.println("exists  " + name);
        }
        outcome.differences()
                .forEach(difference ->
                        spec.commandLine().getErr().println("differs " + name + ": " + difference + "; left as it is"));
    }
}
