package io.clinicalstreams.topics.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.internals.Topic;

/**
 * What Kafka takes as the name of a topic, and so as a part of one: application ids and stores become parts of the names
 * of internal topics.
 */
public final class KafkaNames {

    /** A topic's name is that of a folder on the brokers, which adds a partition's number. */
    public static final int LONGEST = 249;

    private KafkaNames() {}

    /** @throws IllegalArgumentException with the path in front, when Kafka would not take it */
    public static String requireLegal(String path, String name) {
        problemWith(name).ifPresent(problem -> {
            throw new IllegalArgumentException(path + ": " + problem);
        });
        return name;
    }

    /**
     * The name of a topic that Kafka has not for itself.
     *
     * @throws IllegalArgumentException with the path in front, when it cannot be
     */
    public static String requireTopic(String path, String name) {
        requireLegal(path, name);
        if (Topic.isInternal(name) || name.equals(Topic.CLUSTER_METADATA_TOPIC_NAME)) {
            throw new IllegalArgumentException(path + ": '" + name + "' is a topic of Kafka's own");
        }
        return name;
    }

    /** What the topic is called in metrics, where a dot and an underscore are the same; no two may have that alike. */
    public static String inMetrics(String topic) {
        return Topic.unifyCollisionChars(topic);
    }

    private static Optional<String> problemWith(String name) {
        List<String> problems = new ArrayList<>();
        Topic.validate(name, "'" + name + "'", problems::add);
        return problems.stream().findFirst();
    }
}
