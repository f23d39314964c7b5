package io.clinicalstreams.topics.size;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A number that a size is computed from: an option of the command, a name in a file of results and, where neither gives
 * it, an assumption with its reason.
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
    RECORDING_RATE(
            "records/s", 50_000, "one thread of the recording lane: the objective of profile throughput, not measured"),
    ALERTING_RATE("records/s", 40_000, "one thread of the alerting lane: 0.7 of a stateful pass-through on 2 cores"),
    LANE_RATE_BYTES("bytes", 1000, "record size that lanes' rates were measured with; larger records are fewer"),
    PATIENTS("patients", 100_000, "with state in the alerting lane today"),
    STATE_BYTES("bytes", 600, "state of a patient with its key; evidence pending"),
    PUTS_PER_RECORD("puts", 1, "changes of state for a received record; more with Bundles"),
    RESTORE_RATE("MB/s", 20, "of changelog that one instance reads back; evidence pending"),
    READERS("groups", 2, "that read each output besides the lanes: an archive and one more"),
    DISK("GB", 2000, "of each broker, for data"),
    DISK_RATE("MB/s", 200, "that a broker can write all day; evidence pending"),
    NETWORK("Gbit/s", 10, "of each broker, one way; as in the source documents"),
    BROKER_PARTITIONS("replicas", 4000, "on each broker; common practice, evidence pending"),
    SPARE_INSTANCES("instances", 1, "of each lane that may be down while the others carry the load"),
    SPARE_BROKERS("brokers", 1, "that may be down while the others carry the load");

    /** No load, disk or number of patients is larger, and products of larger numbers overflow. */
    private static final double MOST = 1e12;

    private static final double MOST_SPARE = 1000;

    private final String unit;
    private final double assumed;
    private final String why;

    SizeInput(String unit, double assumed, String why) {
        this.unit = unit;
        this.assumed = assumed;
        this.why = why;
    }

    static Optional<SizeInput> of(String id) {
        return Arrays.stream(values()).filter(input -> input.id().equals(id)).findFirst();
    }

    /** The option without its dashes, and the name in a file. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String unit() {
        return unit;
    }

    /** For the command's help. */
    String description() {
        return unit + ": " + why + (Double.isNaN(assumed) ? "" : "; assumed " + Numbers.of(assumed));
    }

    /** Nothing where it must be given. */
    Optional<Inputs.Given> assumption() {
        return Double.isNaN(assumed) ? Optional.empty() : Optional.of(Inputs.Given.assumed(assumed, why));
    }

    /** What is wrong with a value, if anything. */
    Optional<String> problemWith(double value) {
        boolean isSpare = this == SPARE_BROKERS || this == SPARE_INSTANCES;
        boolean mayBeZero = isSpare || this == READERS || this == PUTS_PER_RECORD || this == HEADROOM;
        boolean isShare = unit.equals("share");
        if (!Double.isFinite(value) || value < 0 || (value == 0 && !mayBeZero)) {
            return Optional.of("must be " + (mayBeZero ? "at least 0" : "positive") + ", was " + value);
        }
        if (value > MOST) {
            return Optional.of("must be at most " + Numbers.of(MOST) + ", was " + value);
        }
        if (isSpare && (value != Math.rint(value) || value > MOST_SPARE)) {
            return Optional.of("must be a whole number of at most " + Numbers.of(MOST_SPARE) + ", was " + value);
        }
        if (isShare && (this == HEADROOM ? value >= 1 : value > 1)) {
            return Optional.of(
                    "is a share and must be " + (this == HEADROOM ? "below" : "at most") + " 1, was " + value);
        }
        return Optional.empty();
    }
}
