package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Coordinates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fact about a patient, from the input, that alerts depend on. */
public sealed interface Fact {

    Coordinates origin();

    /** The patient key. */
    String patient();

    /** The input record's timestamp. */
    Instant at();

    /** The digits of the sender's header; null without one. */
    @Nullable
    String sentAt();

    /** Whether it takes the path through the re-keyed topic. */
    boolean rekeyed();

    /** False when the system is free to reject it, or its path is undetermined. */
    boolean certain();

    /**
     * A recorded Observation.
     *
     * @param at the input record's timestamp
     * @param subject the reference to the patient as written, but valid outside its Bundle
     * @param encounter the reference to the encounter as written, but valid outside its Bundle
     * @param testData whether it is marked as test data
     * @param identity its id, its full URL on another server; else its first identifier, else its coordinates
     * @param effective the clinically relevant time, as precise as written
     * @param measured its own result, then its components'
     */
    record Observed(
            Coordinates origin,
            String patient,
            boolean rekeyed,
            boolean certain,
            Instant at,
            @Nullable String sentAt,
            String subject,
            @Nullable String encounter,
            boolean testData,
            String identity,
            String status,
            @Nullable When effective,
            @Nullable Instant issued,
            List<ObservedResult> measured)
            implements Fact {

        public Observed {
            measured = List.copyOf(measured);
        }

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Observed[hidden]";
        }
    }

    /**
     * A Patient with a birth date.
     *
     * @param at the input record's timestamp
     */
    record Introduced(
            Coordinates origin,
            String patient,
            boolean rekeyed,
            boolean certain,
            Instant at,
            @Nullable String sentAt,
            LocalDate birthDate)
            implements Fact {

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Introduced[hidden]";
        }
    }
}
