package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.size.Inputs.Given;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An input of a size computation: an option of the command, a name in a file of results or, if neither gives it, an
 * assumption with its reason. Inputs of single topics or lanes are repeatable options, and objects by name in a file;
 * {@link ClinicalAssumptions} has assumptions for this project's own.
 */
enum SizeInput {
    RATE("resources/s", Double.NaN, "the load of today's busiest hour; required"),
    GROWTH("x", 1.5, "of load, patients and keys; partitions of keyed topics cannot be added later"),
    HEADROOM("share", 0.3, "kept free to catch up after a failure; the source documents' 70% busy at most"),
    AVERAGE("share", 0.5, "of the busiest hour, over a week; disks keep the average. Evidence pending"),
    RECORD_BYTES("bytes", 1000, "key and value of a received Observation"),
    ALERT_BYTES("bytes", 2000, "key and value of an alert, which a lane with state makes; evidence pending"),
    COMPRESSED("share", 0.25, "of FHIR JSON that lz4 leaves, where the writer compresses; evidence pending"),
    PRODUCER_RATE(
            "records/s",
            81_000,
            "P, of a partition: kafka-producer-perf-test.sh at its defaults, one broker, 2 cores; of one partition pending"),
    CONSUMER_RATE(
            "records/s",
            237_000,
            "C, of a partition: kafka-consumer-perf-test.sh, as P; where a lane reads, the rate of its thread"),
    PARTITION_RATE_BYTES("bytes", 1024, "record size that P and C were measured with; larger records are fewer"),
    LANE_RATE_BYTES("bytes", 1000, "record size that lanes' rates were measured with; larger records are fewer"),
    PATIENTS("patients", 100_000, "with state in the alerting lane today"),
    STATE_BYTES("bytes", 1200, "state of a patient in parts, each with its key, after a week on a ward; StateSizeTest"),
    PUT_BYTES("bytes", 120, "a change of state as written, with keys, on a ward; StateSizeTest"),
    PUTS_PER_RECORD("puts", 1, "changes of state for a record that the lane reads; more with Bundles"),
    RESTORE_RATE("MB/s", 20, "of changelog that one instance reads back; evidence pending"),
    READERS("groups", 2, "that read each output besides the lanes: an archive and one more"),
    DISK("GB", 2000, "of each broker, for data"),
    DISK_RATE("MB/s", 200, "that a broker can write all day; evidence pending"),
    NETWORK("Gbit/s", 10, "of each broker, one way; as in the source documents"),
    BROKER_PARTITIONS("replicas", 4000, "on each broker; common practice, evidence pending"),
    SPARE_INSTANCES("instances", 1, "of each lane that may be down while the others carry the load"),
    SPARE_BROKERS("brokers", 1, "that may be down while the others carry the load"),
    SHARE(Scope.TOPIC, "records/resource", "Records of a topic for each resource received"),
    KEYS(Scope.TOPIC, "keys", "Keys that a compacted topic holds today"),
    DAYS(Scope.TOPIC, "days", "Days that a topic keeps records, instead of its retention, where it has one"),
    LANE_RATE(Scope.LANE, "records/s", "Records/s of one thread of a lane");

    /** The name for an input that does not belong to a topic or lane. */
    static final String OF_ALL = "";

    /** What an input belongs to. */
    enum Scope {
        ALL,
        TOPIC,
        LANE;

        List<String> names(Catalogue catalogue) {
            return switch (this) {
                case ALL -> List.of(OF_ALL);
                case TOPIC -> catalogue.topics().stream().map(Topic::name).toList();
                case LANE -> catalogue.lanes().stream().map(Lane::name).toList();
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** No load, disk or number of patients is larger, and products of larger numbers would overflow. */
    private static final double MOST = 1e12;

    private static final double MOST_SPARE = 1000;

    private final Scope scope;
    private final String unit;
    private final double assumed;
    private final String why;

    SizeInput(String unit, double assumed, String why) {
        this.scope = Scope.ALL;
        this.unit = unit;
        this.assumed = assumed;
        this.why = why;
    }

    SizeInput(Scope scope, String unit, String what) {
        this.scope = scope;
        this.unit = unit;
        this.assumed = Double.NaN;
        this.why = what;
    }

    static Optional<SizeInput> of(String id) {
        return Arrays.stream(values()).filter(input -> input.id().equals(id)).findFirst();
    }

    /** The option's name without dashes, also used in files. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Scope scope() {
        return scope;
    }

    String unit() {
        return unit;
    }

    /** Description for the command's help. */
    String description() {
        return scope == Scope.ALL
                ? unit + ": " + why + (Double.isNaN(assumed) ? "" : "; assumed " + Numbers.of(assumed))
                : why + "; may be repeated";
    }

    /** Empty if the input is required. */
    Optional<Given> assumption(String name, Catalogue catalogue, Inputs inputs) {
        if (this == SPARE_BROKERS && catalogue.where().replication() == 1) {
            return Optional.of(Given.assumed(0, "no other broker has the partitions of one that is down"));
        }
        return Double.isNaN(assumed)
                ? ClinicalAssumptions.of(this, name, catalogue, inputs)
                : Optional.of(Given.assumed(assumed, why));
    }

    boolean isNeeded(Catalogue catalogue, String name) {
        return this != DAYS && (this != KEYS || catalogue.topic(name).cleanup().isCompacted());
    }

    /** The problem with a value, if any. A value without effect is also a problem. */
    Optional<String> problemWith(double value, String name, Catalogue catalogue) {
        boolean mayBeZero =
                switch (this) {
                    case READERS, PUTS_PER_RECORD, HEADROOM, SPARE_BROKERS, SPARE_INSTANCES, SHARE, KEYS, DAYS -> true;
                    default -> false;
                };
        boolean isSpare = this == SPARE_BROKERS || this == SPARE_INSTANCES;
        if (!Double.isFinite(value) || value < 0 || (value == 0 && !mayBeZero)) {
            return Optional.of("must be " + (mayBeZero ? "at least 0" : "positive") + ", was " + value);
        }
        if (value > MOST) {
            return Optional.of("must be at most " + Numbers.of(MOST) + ", was " + value);
        }
        if (isSpare && (value != Math.rint(value) || value > MOST_SPARE)) {
            return Optional.of("must be a whole number of at most " + Numbers.of(MOST_SPARE) + ", was " + value);
        }
        if (unit.equals("share") && (this == HEADROOM ? value >= 1 : value > 1)) {
            return Optional.of(
                    "is a share and must be " + (this == HEADROOM ? "below" : "at most") + " 1, was " + value);
        }
        if (this == KEYS && !catalogue.topic(name).cleanup().isCompacted()) {
            return Optional.of("is not compacted, so keys do not bound it; give --days");
        }
        if (this == DAYS && catalogue.topic(name).cleanup().isTable()) {
            return Optional.of("keeps the latest value of every key forever; give --keys");
        }
        return Optional.empty();
    }
}
