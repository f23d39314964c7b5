package io.clinicalstreams.experiment;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireLine;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * One level of an experiment: how it differs from the catalogue. Without any difference it is the catalogue as it is.
 *
 * @param name shown in results
 * @param partitions of the topic; of all sources of a lane
 * @param bytes size of a record, instead of the load's
 * @param patients instead of the load's
 * @param replicas of each partition, at most as many as brokers, instead of three
 * @param topic settings of the topic
 * @param producer settings of the trial's producer
 * @param consumer settings of the trial's consumer
 * @param lane settings of Kafka Streams, of its clients and of its changelogs: {@code commit.interval.ms},
 *     {@code main.consumer.max.poll.records}, {@code topic.segment.bytes}
 * @param standbys standby replicas of the lane's state, instead of the environment's
 * @param instances of the lane, each a process of its own, instead of one
 * @param java version of the JDK that the trial's JVM runs on, instead of this one
 * @param jvm all options of the trial's JVM, of {@link JvmOptions}, instead of the usual ones
 */
public record FactorLevel(
        String name,
        @Nullable Integer partitions,
        @Nullable Integer bytes,
        @Nullable Integer patients,
        @Nullable Integer replicas,
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) Map<String, String> topic,
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) Map<String, String> producer,
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) Map<String, String> consumer,
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) Map<String, String> lane,
        @Nullable Integer standbys,
        @Nullable Integer instances,
        @Nullable Integer java,
        List<String> jvm) {

    public FactorLevel {
        all(
                () -> requireLine("name", name),
                () -> requireAtLeast("partitions", 1, partitions),
                () -> requireAtLeast("bytes", 0, bytes),
                () -> requireAtLeast("patients", 2, patients),
                () -> requireAtLeast("replicas", 1, replicas),
                () -> requireAtLeast("standbys", 0, standbys),
                () -> requireAtLeast("instances", 1, instances),
                () -> requireAtLeast("java", 17, java),
                () -> JvmOptions.require(jvm));
    }

    /**
     * The lane's settings that only the catalogue may have: exactly once, and what Streams creates topics with. Its rules
     * hold for them.
     */
    Map<String, String> laneInCatalogue() {
        return lane(true);
    }

    /**
     * The lane's other settings. The service's configuration takes them, and may have values that the catalogue's rules
     * refuse, such as a linger that breaks an objective.
     */
    public Map<String, String> laneInService() {
        return lane(false);
    }

    private Map<String, String> lane(boolean inCatalogue) {
        return lane.entrySet().stream()
                .filter(each -> inCatalogue
                        == (each.getKey().startsWith(StreamsConfig.TOPIC_PREFIX)
                                || each.getKey().equals(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** How many instances of the lane run. */
    public int runningInstances() {
        return instances == null ? 1 : instances;
    }

    /** @throws IllegalArgumentException with the path below the experiment if a difference would have no effect */
    void requireUsedBy(Measure measure) {
        boolean ofLane = measure.isOfALane();
        all(
                () -> require(measure == Measure.PRODUCE || producer.isEmpty(), "producer", measure),
                () -> require(measure == Measure.CONSUME || consumer.isEmpty(), "consumer", measure),
                () -> require(ofLane || lane.isEmpty(), "lane", measure),
                () -> require(ofLane || standbys == null, "standbys", measure),
                () -> require(ofLane || instances == null, "instances", measure));
    }

    private void require(boolean isUsed, String what, Measure measure) {
        if (!isUsed) {
            throw new IllegalArgumentException(
                    "levels." + name + '.' + what + ": has no effect on measure " + measure.id());
        }
    }
}
