package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the catalogue's topics on a cluster, for programs that only need them to exist. Reads only topics of the
 * catalogue; the number of calls does not grow with their number.
 */
public final class TopicsOnCluster {

    private TopicsOnCluster() {}

    /**
     * Creates missing topics, and returns when the cluster shows them. Existing topics are not changed. Safe to run
     * twice or concurrently.
     *
     * @return the full names of the topics that this call created; a concurrent one may have created others
     * @throws CommandException if the cluster belongs to another environment
     * @throws KafkaException if the cluster cannot be reached or refuses
     */
    public static Set<String> createMissing(Catalogue catalogue, Admin admin) {
        ClusterIdentity.of(admin, catalogue.where()).refusal(catalogue).ifPresent(why -> {
            throw new CommandException(ExitCode.WRONG_USAGE, why + "; nothing was done");
        });
        TopicPlan plan = TopicPlan.between(catalogue, new ClusterReader(admin).read(catalogue));
        for (Change change : plan.changes()) {
            if (change.effect() == Effect.REFUSED && change.key().equals(Change.TOPIC)) {
                throw new KafkaException("cannot create " + change.topic() + ": " + change.why());
            }
        }
        Set<String> created = new HashSet<>();
        for (Step step : new PlanWork(admin).carryOut(plan.creations())) {
            if (step.failure() == null) {
                created.add(step.change().topic());
            } else if (!(step.failure() instanceof TopicExistsException)) {
                throw step.failure();
            }
        }
        return created;
    }
}
