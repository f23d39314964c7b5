package io.clinicalstreams.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The catalogue's topics on a real cluster. Only topics of the catalogue are looked at, and the number of calls does not
 * grow with their number.
 */
public final class TopicsOnCluster {

    private static final Duration UNTIL_VISIBLE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 50;

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
        Set<String> present = await(admin.listTopics().names());
        List<Topic> missing = catalogue.topics().stream()
                .filter(topic -> !present.contains(topic.fullName()))
                .toList();
        Set<String> created = create(missing, admin);
        awaitVisible(missing.stream().map(Topic::fullName).toList(), admin);

        List<String> existing = catalogue.topics().stream()
                .map(Topic::fullName)
                .filter(name -> !created.contains(name))
                .toList();
        Map<String, TopicDescription> descriptions =
                await(admin.describeTopics(existing).allTopicNames());
        Map<String, Config> settings = describeSettings(existing, admin);
        List<Outcome> outcomes = new ArrayList<>();
        for (Topic topic : catalogue.topics()) {
            TopicDescription description = descriptions.get(topic.fullName());
            Config actual = settings.get(topic.fullName());
            outcomes.add(
                    description == null || actual == null
                            ? new Outcome(topic, State.CREATED, List.of())
                            : new Outcome(topic, State.EXISTS, TopicDrift.between(topic, description, actual)));
        }
        return outcomes;
    }

    /** @return the names of those that this call made; another may have been faster */
    private static Set<String> create(List<Topic> missing, Admin admin) {
        CreateTopicsResult result = admin.createTopics(
                missing.stream().map(TopicsOnCluster::toNewTopic).toList());
        return result.values().entrySet().stream()
                .filter(answer -> isCreated(answer.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static NewTopic toNewTopic(Topic topic) {
        return new NewTopic(topic.fullName(), topic.partitions(), topic.replication())
                .configs(topic.settings().plain());
    }

    private static boolean isCreated(KafkaFuture<Void> answer) {
        try {
            await(answer);
            return true;
        } catch (TopicExistsException anotherWasFaster) {
            return false;
        }
    }

    /** The controller answers before every broker has heard of a new topic; a lane that starts now would not find it. */
    private static void awaitVisible(Collection<String> names, Admin admin) {
        long deadline = System.nanoTime() + UNTIL_VISIBLE.toNanos();
        while (!isVisible(names, admin)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("topics were created, but the cluster does not show them after "
                        + UNTIL_VISIBLE.toSeconds() + " s: " + String.join(", ", names));
            }
            pause();
        }
    }

    private static boolean isVisible(Collection<String> names, Admin admin) {
        try {
            return await(admin.describeTopics(names).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (UnknownTopicOrPartitionException notYet) {
            return false;
        }
    }

    private static Map<String, Config> describeSettings(List<String> names, Admin admin) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return await(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KafkaException refused) {
                throw refused;
            }
            throw new KafkaException("the cluster did not answer", failed.getCause());
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }
}
