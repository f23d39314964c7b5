package io.clinicalstreams.demo.bench;

import io.clinicalstreams.peer.KafkaClientsPeer;
import io.clinicalstreams.peer.ThreadPoolPeer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code bench --against} compares the recording lane with. All have the same input, brokers and output topics. */
enum OtherSystem {
    KAFKA_CLIENTS(
            "kafka-clients",
            new Contender("kafka-clients", KafkaClientsPeer.class.getName(), null, "recording", null, null)),
    THREAD_POOL(
            "thread-pool", new Contender("thread-pool", ThreadPoolPeer.class.getName(), null, "recording", null, null)),
    NAIVE(
            "naive",
            new Contender(
                    "naive topology", "io.clinicalstreams.peer.naive.NaivePeer", null, "recording", "naive", null)),
    FLINK(
            "flink",
            new Contender("Apache Flink", "io.clinicalstreams.peer.flink.FlinkPeer", null, "recording", "flink", null)),
    KAFKA_4_3("kafka-4.3", Contender.RECORDING.with("kafka-4.3", "Kafka 4.3.1"));

    /** Peers that encode each resource anew. */
    static final List<String> REWRITING = List.of(THREAD_POOL.contender.peer(), NAIVE.contender.peer());

    private static final String ALL = "all";

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts, a constant and a path
    private final Contender contender;

    OtherSystem(String id, Contender contender) {
        this.id = id;
        this.contender = contender;
    }

    Contender contender() {
        return contender;
    }

    /** The systems of a name, or all; empty if there is none. */
    static Optional<List<OtherSystem>> named(String name) {
        if (name.equals(ALL)) {
            return Optional.of(List.of(values()));
        }
        return Arrays.stream(values())
                .filter(system -> system.id.equals(name))
                .findFirst()
                .map(List::of);
    }

    /** All names, separated by commas. */
    static String names() {
        return Arrays.stream(values()).map(system -> system.id).collect(Collectors.joining(", ", "", ", " + ALL));
    }
}
