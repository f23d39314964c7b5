package io.clinicalstreams.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** A figure of a trial. CPU time is that of whole processes, compilation and garbage collection included. */
public enum Metric {
    /** Of the client and all brokers. */
    CPU_PER_RECORD("us", false),
    /** Of the producer, the consumer or the lane. */
    CLIENT_CPU_PER_RECORD("us", false),
    BROKER_CPU_PER_RECORD("us", false),
    RECORDS_PER_SECOND("1/s", true),
    /** From a record's intended time to the broker's confirmation. */
    CONFIRMED_P50("ms", false),
    CONFIRMED_P99("ms", false),
    /** From a record's intended time until a reader has what the recording lane made of it. */
    RECORDED_P50("ms", false),
    RECORDED_P99("ms", false),
    /** From a record's intended time until a reader has the alert. */
    ALERT_P50("ms", false),
    ALERT_P99("ms", false),
    /** From the kill of an instance until it is ready again, its state restored. */
    READY_AFTER("ms", false),
    /** From the kill of an instance until input that came later is processed in each partition. */
    RESUMED_AFTER("ms", false),
    /** Of one replica, compressed. */
    LOG_BYTES_PER_RECORD("bytes", false);

    private final String unit;
    private final boolean higherIsBetter;

    Metric(String unit, boolean higherIsBetter) {
        this.unit = unit;
        this.higherIsBetter = higherIsBetter;
    }

    /** The name in files: {@code cpu-per-record}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String unit() {
        return unit;
    }

    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** Whether a trial of this kind can have it. */
    boolean isOf(Measure measure) {
        return switch (this) {
            case CPU_PER_RECORD, CLIENT_CPU_PER_RECORD, BROKER_CPU_PER_RECORD -> measure != Measure.RESTORE;
            case RECORDS_PER_SECOND -> measure != Measure.RESTORE && measure != Measure.CONSUME;
            case CONFIRMED_P50, CONFIRMED_P99 -> measure == Measure.PRODUCE || measure == Measure.STEADY;
            case RECORDED_P50, RECORDED_P99, ALERT_P50, ALERT_P99 -> measure == Measure.STEADY;
            case READY_AFTER, RESUMED_AFTER -> measure == Measure.RESTORE;
            case LOG_BYTES_PER_RECORD -> measure == Measure.PRODUCE;
        };
    }

    /** Whether it only exists at a rate: as fast as possible, a record waits as long as the buffer is large. */
    boolean needsRate() {
        return this == CONFIRMED_P50 || this == CONFIRMED_P99;
    }

    /**
     * The ruler's figure of the same kind, by which a run is judged: CPU time is steadier than time on a machine that does
     * other work. Empty for bytes, which no noise changes.
     */
    public Optional<Metric> ofRuler() {
        return switch (this) {
            case CPU_PER_RECORD, CLIENT_CPU_PER_RECORD, BROKER_CPU_PER_RECORD -> Optional.of(CPU_PER_RECORD);
            case RECORDS_PER_SECOND,
                    CONFIRMED_P50,
                    CONFIRMED_P99,
                    RECORDED_P50,
                    RECORDED_P99,
                    ALERT_P50,
                    ALERT_P99,
                    READY_AFTER,
                    RESUMED_AFTER -> Optional.of(RECORDS_PER_SECOND);
            case LOG_BYTES_PER_RECORD -> Optional.empty();
        };
    }
}
