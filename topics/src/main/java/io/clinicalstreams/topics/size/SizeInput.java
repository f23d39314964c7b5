package io.clinicalstreams.topics.size;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a size is computed from. Each is an option of the command, a name in a file of results, and, where nobody gives
 * it, an assumption with its reason.
 */
enum SizeInput {
    RATE("rate", "resources/s", Double.NaN, "the load of today's busiest hour; must be given", ""),
    GROWTH(
            "growth",
            "x",
            1.5,
            "of load, patients and keys: partitions of keyed topics cannot be added later, so they are made for what comes",
            ""),
    HEADROOM(
            "headroom",
            "share",
            0.3,
            "kept free: the source documents' 70% busy at most; it catches up after a failure",
            ""),
    AVERAGE("average", "share", 0.5, "the week's average of the busiest hour; disks keep that. Evidence pending", ""),
    RECORD_BYTES(
            "record-bytes", "bytes", 1000, "key and value of what is received, an Observation", "/input/recordBytes"),
    ALERT_BYTES(
            "alert-bytes",
            "bytes",
            2000,
            "key and value of what a lane with state makes: alerts; evidence pending",
            ""),
    PACKED("packed", "share", 0.25, "what lz4 leaves of FHIR JSON, where the writer packs; evidence pending", ""),
    PRODUCER_RATE(
            "producer-rate",
            "records/s",
            81_000,
            "P, of a partition: kafka-producer-perf-test.sh at its defaults, one broker, 2 cores; of a single partition pending",
            ""),
    CONSUMER_RATE(
            "consumer-rate",
            "records/s",
            237_000,
            "C, of a partition: kafka-consumer-perf-test.sh, as P; a lane's thread where a lane reads",
            ""),
    PARTITION_RATE_BYTES(
            "partition-rate-bytes",
            "bytes",
            1024,
            "of the records that P and C were measured with; larger ones are fewer",
            ""),
    RECORDING_RATE(
            "recording-rate",
            "records/s",
            50_000,
            "one thread of the recording lane: what profile throughput wants, not measured",
            "/topologies/recording-lane/recordsPerSecond/median"),
    ALERTING_RATE(
            "alerting-rate",
            "records/s",
            40_000,
            "one thread of the alerting lane: 0.7 of a stateful pass-through on 2 cores",
            "/topologies/alerting-lane/recordsPerSecond/median"),
    LANE_RATE_BYTES(
            "lane-rate-bytes",
            "bytes",
            1000,
            "of the records that lanes' rates were measured with; larger ones are fewer",
            "/input/recordBytes"),
    PATIENTS("patients", "patients", 100_000, "whom the alerting lane knows at a time today", ""),
    STATE_BYTES(
            "state-bytes",
            "bytes",
            600,
            "state of one patient, key included; evidence pending",
            "/input/stateBytesPerPut"),
    PUTS(
            "puts-per-record",
            "puts",
            1,
            "one change of state for each record received; a Bundle makes more",
            "/input/statePutsPerRecord"),
    RESTORE_RATE("restore-rate", "MB/s", 20, "changelog that one instance reads back; evidence pending", ""),
    READERS("readers", "groups", 2, "groups that read each output beside the lanes: an archive and one more", ""),
    DISK("disk", "GB", 2000, "for data, of each broker", ""),
    DISK_RATE("disk-rate", "MB/s", 200, "what a broker writes day and night; evidence pending", ""),
    NETWORK("network", "Gbit/s", 10, "each broker's, one way; as the source documents", ""),
    BROKER_PARTITIONS("broker-partitions", "replicas", 4000, "on each broker; common practice, evidence pending", ""),
    SPARE_INSTANCES(
            "spare-instances", "instances", 1, "of each lane: one may be down, and the others carry the load", ""),
    SPARE("spare-brokers", "brokers", 1, "one may be down, and the others carry the load", "");

    /** Above this nothing is a load, a disk or a patient any more, and products of it are no numbers. */
    private static final double MOST = 1e12;

    private static final double MOST_SPARE = 1000;

    private final String id;
    private final String unit;
    private final double assumed;
    private final String why;
    private final String inBench;

    SizeInput(String id, String unit, double assumed, String why, String inBench) {
        this.id = id;
        this.unit = unit;
        this.assumed = assumed;
        this.why = why;
        this.inBench = inBench;
    }

    static Optional<SizeInput> of(String id) {
        return Arrays.stream(values()).filter(input -> input.id.equals(id)).findFirst();
    }

    /** The option without its dashes, and the name in a file. */
    String id() {
        return id;
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

    /** Where the result of {@code bench -o json} has it (a JSON pointer); empty where it has not. */
    String inBench() {
        return inBench;
    }

    /** Why a value cannot be, if so. */
    Optional<String> problemWith(double value) {
        boolean isSpare = this == SPARE || this == SPARE_INSTANCES;
        boolean mayBeZero = isSpare || this == READERS || this == PUTS || this == HEADROOM;
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
