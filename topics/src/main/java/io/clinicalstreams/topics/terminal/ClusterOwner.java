package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Refuses to write to a cluster that belongs to another environment, unless the user names its owner. */
public final class ClusterOwner {

    @Option(
            names = "--cluster-of",
            paramLabel = "NAME",
            description =
                    "Write although the cluster belongs to this other environment; its cluster id is accepted too.")
    private @Nullable String named;

    /** @throws CommandException if the cluster belongs to another environment */
    public void demand(Catalogue catalogue, Admin admin) {
        ClusterIdentity cluster = ClusterIdentity.of(admin, catalogue.where());
        demand(cluster, cluster.refusal(catalogue));
    }

    /**
     * @param refusal why the cluster must not be written to; empty if it may be
     * @throws CommandException if there is a reason and the user did not name the owner
     */
    public void demand(ClusterIdentity cluster, Optional<String> refusal) {
        if (refusal.isPresent() && !cluster.isCalled(named)) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    refusal.get() + "; nothing was done. Choose the right --environment or --bootstrap-server, or name"
                            + " the cluster's owner with --cluster-of");
        }
    }
}
