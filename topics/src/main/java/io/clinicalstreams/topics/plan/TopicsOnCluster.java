package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.ClusterReader;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The catalogue's topics on a real cluster, for programs that only need them to be there. Only topics of the catalogue
 * are looked at, and the number of calls does not grow with their number.
 */
public final class TopicsOnCluster {

    private TopicsOnCluster() {}

    /**
     * Creates the topics that are not there, and returns when the cluster shows them. Existing topics stay as they are.
     * Safe to run twice, or by two at once.
     *
     * @return the full names of the topics that this call created; another may have been faster
     * @throws KafkaException when the cluster cannot be reached or refuses
     */
    public static Set<String> createMissing(Catalogue catalogue, Admin admin) {
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
