package io.clinicalstreams.topics.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.internals.Topic;

/**
 * What Kafka accepts as the name of a topic or as a part of one: application ids and store names become parts of
 * internal topics' names.
 */
public final class KafkaNames {

    /** A topic's name plus a partition's number is a folder name on the brokers. */
    public static final int LONGEST = 249;

    private KafkaNames() {}

    /** @throws IllegalArgumentException if Kafka would refuse the name; the message begins with the path */
    public static String requireLegal(String path, String name) {
        problemWith(name).ifPresent(problem -> {
            throw new IllegalArgumentException(path + ": " + problem);
        });
        return name;
    }

    /**
     * A legal topic name that is not one of Kafka's own topics.
     *
     * @throws IllegalArgumentException if it is not; the message begins with the path
     */
    public static String requireTopic(String path, String name) {
        requireLegal(path, name);
        if (Topic.isInternal(name) || name.equals(Topic.CLUSTER_METADATA_TOPIC_NAME)) {
            throw new IllegalArgumentException(path + ": '" + name + "' is one of Kafka's own topics");
        }
        return name;
    }

    /** The topic's name in metrics, where a dot and an underscore are the same; it must be unique. */
    public static String inMetrics(String topic) {
        return Topic.unifyCollisionChars(topic);
    }

    private static Optional<String> problemWith(String name) {
        List<String> problems = new ArrayList<>();
        Topic.validate(name, "'" + name + "'", problems::add);
        return problems.stream().findFirst();
    }
}
