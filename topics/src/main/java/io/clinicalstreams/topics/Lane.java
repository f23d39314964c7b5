package io.clinicalstreams.topics;

import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Settings;
import io.clinicalstreams.topics.setting.StreamsDefaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;

/**
 * One Kafka Streams application of the pipeline: what it reads, writes and stores, and its goal.
 *
 * @param applicationId with the environment's prefix
 * @param sources topics it processes; they have equal partition counts
 * @param ticks sources to which it sends the time, so that its log goes on while nothing arrives
 * @param references compacted topics of which every instance holds all records in memory
 * @param sinks topics it writes
 * @param slowerSinks sinks, by logical name, for which this lane may take longer than their profile promises
 * @param settings effective settings of the Streams application and its clients
 */
public record Lane(
        String name,
        String applicationId,
        String goal,
        Profile profile,
        List<Topic> sources,
        List<Topic> ticks,
        List<Topic> references,
        List<Topic> sinks,
        Map<String, SlowerSink> slowerSinks,
        List<Store> stores,
        Settings settings) {

    /** The setting of {@link #transactionTimeout}. */
    public static final String TRANSACTION_TIMEOUT = "producer.transaction.timeout.ms";

    public Lane {
        sources = List.copyOf(sources);
        ticks = List.copyOf(ticks);
        references = List.copyOf(references);
        sinks = List.copyOf(sinks);
        slowerSinks = Map.copyOf(slowerSinks);
        stores = List.copyOf(stores);
    }

    /** Whether its reads, state changes and writes are one transaction. */
    public boolean isExactlyOnce() {
        return settings.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)
                .map(EffectiveSetting::value)
                .filter(guarantee -> guarantee.startsWith("exactly_once"))
                .isPresent();
    }

    /** How long the brokers leave a transaction of an exactly-once lane open: the catalogue's value or Kafka Streams' default. */
    public Duration transactionTimeout() {
        return settings.get(TRANSACTION_TIMEOUT)
                .map(EffectiveSetting::value)
                .or(() -> StreamsDefaults.of(true, TRANSACTION_TIMEOUT))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .orElseThrow();
    }

    /** The topics that it reads and writes, without duplicates. */
    public List<Topic> topics() {
        return Stream.of(sources, references, sinks)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The topics that Kafka Streams creates for this lane: the changelogs of its stores. */
    public List<String> internalTopics() {
        return stores.stream()
                .filter(Store::changelog)
                .map(store -> store.changelogTopic(applicationId))
                .toList();
    }

    /** The same lane with another application id and renamed topics. */
    Lane named(String otherId, UnaryOperator<Topic> rename) {
        return new Lane(
                name,
                otherId,
                goal,
                profile,
                sources.stream().map(rename).toList(),
                ticks.stream().map(rename).toList(),
                references.stream().map(rename).toList(),
                sinks.stream().map(rename).toList(),
                slowerSinks,
                stores,
                settings);
    }
}
