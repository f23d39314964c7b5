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
     * @param versionId from its meta, if it is a whole number
     * @param lastUpdated from its meta
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
            @Nullable Long versionId,
            @Nullable Instant lastUpdated,
            @Nullable When effective,
            @Nullable Instant issued,
            List<ObservedResult> measured)
            implements Fact {

        public Observed {
            measured = List.copyOf(measured);
        }

        /**
         * The time at which it was true: effective, if known to the day, else issued, if that can be true. Null when
         * nothing proves it.
         */
        public @Nullable Instant time() {
            if (effective != null && effective.toTheDay()) {
                return effective.asOf(at);
            }
            return issued != null && (effective == null || effective.contains(issued)) ? issued : null;
        }

        public boolean isWithdrawn() {
            return status.equals("entered-in-error") || status.equals("cancelled");
        }

        /** Positive when it is a later version of the same than the other, 0 when only their arrival tells. */
        public int against(Observed other) {
            int order = compared(versionId, other.versionId);
            order = order == 0 ? compared(lastUpdated, other.lastUpdated) : order;
            return order == 0 ? compared(issued, other.issued) : order;
        }

        private static <T extends Comparable<T>> int compared(@Nullable T one, @Nullable T other) {
            return one == null || other == null ? 0 : one.compareTo(other);
        }

        /** The same, had it come in an input of another time. */
        public Observed asOf(Instant inputTime) {
            return with(inputTime, effective);
        }

        /** The same, dated by its report if nothing else tells its time. */
        Observed reportedAt(@Nullable When report) {
            return report == null || time() != null ? this : with(at, report);
        }

        private Observed with(Instant inputTime, @Nullable When time) {
            return new Observed(
                    origin,
                    patient,
                    rekeyed,
                    certain,
                    inputTime,
                    sentAt,
                    subject,
                    encounter,
                    testData,
                    identity,
                    status,
                    versionId,
                    lastUpdated,
                    time,
                    issued,
                    measured);
        }

        /** Of what tells them apart, not of all results. */
        @Override
        public int hashCode() {
            return 31 * origin.hashCode() + at.hashCode();
        }

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Observed[hidden]";
        }
    }

    /**
     * An Encounter, unless its status is unknown.
     *
     * @param at the input record's timestamp
     * @param id {@code Encounter/ID}, or its URL on another server
     * @param admits whether its class is a stay in hospital
     * @param isPresent whether it is one, and the patient is there
     * @param versionId from its meta, if it is a whole number
     * @param lastUpdated from its meta
     */
    record Stay(
            Coordinates origin,
            String patient,
            boolean rekeyed,
            boolean certain,
            Instant at,
            @Nullable String sentAt,
            String id,
            boolean admits,
            boolean isPresent,
            @Nullable Long versionId,
            @Nullable Instant lastUpdated)
            implements Fact {

        /** Positive when it is a later version of the same than the other, 0 when only their arrival tells. */
        public int against(Stay other) {
            int order = Observed.compared(versionId, other.versionId);
            return order == 0 ? Observed.compared(lastUpdated, other.lastUpdated) : order;
        }

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Stay[hidden]";
        }
    }

    /**
     * A version of a Patient, and whether another Patient replaces it.
     *
     * @param at the input record's timestamp
     * @param replacedBy the other's key; null without such a link, empty when it names no single patient
     * @param versionId from its meta, if it is a whole number
     * @param lastUpdated from its meta
     */
    record Linked(
            Coordinates origin,
            String patient,
            boolean rekeyed,
            boolean certain,
            Instant at,
            @Nullable String sentAt,
            @Nullable String replacedBy,
            @Nullable Long versionId,
            @Nullable Instant lastUpdated)
            implements Fact {

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Linked[hidden]";
        }
    }

    /**
     * A Patient with a birth date, or with a text that begins with a date.
     *
     * @param at the input record's timestamp
     * @param versionId from its meta, if it is a whole number
     * @param lastUpdated from its meta
     */
    record Introduced(
            Coordinates origin,
            String patient,
            boolean rekeyed,
            boolean certain,
            Instant at,
            @Nullable String sentAt,
            LocalDate birthDate,
            @Nullable Long versionId,
            @Nullable Instant lastUpdated)
            implements Fact {

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Introduced[hidden]";
        }
    }
}
