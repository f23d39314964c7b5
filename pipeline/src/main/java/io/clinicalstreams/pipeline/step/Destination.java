package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.topics.TopicNames;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.streams.kstream.Predicate;

/**
 * Where the recording lane sends a resource: the topic of its type, the re-keyed topic, or quarantine.
 *
 * @param topic logical name
 * @param node the node that writes it, in the topology and in its metrics
 */
public record Destination(String topic, String node) {

    /** The lanes' second source, where the resource has its patient's key. */
    public static final Destination REKEYED =
            new Destination(TopicNames.RESOURCE_REKEYED, "send-again-under-the-patients-key");

    /** Quarantine. */
    public static final Destination REJECTED = new Destination(TopicNames.RESOURCE_REJECTED, "quarantine");

    private static final Map<RoutedType, Destination> BY_TYPE = Arrays.stream(RoutedType.values())
            .collect(Collectors.toUnmodifiableMap(type -> type, type -> new Destination(type.topic(), type.node())));

    static Destination of(RoutedType type) {
        return Objects.requireNonNull(BY_TYPE.get(type));
    }

    /** The topics of the routed types, in their declared order. */
    public static List<Destination> recorded() {
        return Arrays.stream(RoutedType.values()).map(Destination::of).toList();
    }

    /** True for outcomes with this destination. */
    public Predicate<byte[], Outcome> accepts() {
        return (key, outcome) -> outcome.destination().equals(this);
    }
}
