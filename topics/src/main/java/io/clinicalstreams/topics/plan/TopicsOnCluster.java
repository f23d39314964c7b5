package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.plan.Change.CreateTopic;
import java.util.HashSet;
import java.util.List;
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

    /** What became of one topic. */
    public enum State {
        CREATED,
        EXISTS
    }

    /**
     * What was found and done about one topic.
     *
     * @param differences where an existing topic is not as the catalogue wants it; nothing was changed about them
     */
    public record Outcome(Topic topic, State state, List<String> differences) {

        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Creates the topics that are not there, and returns when the cluster shows them. Existing topics stay as they are.
     * Safe to run twice, or by two at once.
     *
     * @return one outcome for each topic, in the catalogue's order
     * @throws KafkaException when the cluster cannot be reached or refuses
     */
    public static List<Outcome> createMissing(Catalogue catalogue, Admin admin) {
        ClusterReader reader = new ClusterReader(admin);
        TopicPlan before = TopicPlan.between(catalogue, reader.read(catalogue));
        Set<String> created = create(before, admin);
        TopicPlan after = created.isEmpty() ? before : TopicPlan.between(catalogue, reader.read(catalogue));
        return catalogue.topics().stream()
                .map(topic -> created.contains(topic.fullName())
                        ? new Outcome(topic, State.CREATED, List.of())
                        : new Outcome(topic, State.EXISTS, differences(after, topic)))
                .toList();
    }

    /** @return the names of those that this call made; another may have been faster */
    private static Set<String> create(TopicPlan plan, Admin admin) {
        for (Change change : plan.changes()) {
            if (change instanceof Change.Refused refused
                    && refused.now() == null
                    && refused.key().equals("topic")) {
                throw new KafkaException("cannot create " + refused.topic() + ": " + refused.why());
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

    private static List<String> differences(TopicPlan plan, Topic topic) {
        return plan.changesOf(topic).stream()
                .filter(change -> !(change instanceof CreateTopic))
                .map(change -> change.key() + " is " + change.now() + ", the catalogue says " + change.wanted())
                .toList();
    }
}
