package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Coordinates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an input tells about a patient that alerts depend on. */
public sealed interface Fact {

    Coordinates origin();

    /** The patient key. */
    String patient();

    /** Whether it reaches its patient by way of the re-keyed topic. */
    boolean rekeyed();

    /** False where the system is free to reject it, or its way is open. */
    boolean certain();

    /**
     * An Observation that is recorded.
     *
     * @param at when the input topic took it
     * @param identity its id, else its first identifier, else its coordinates
     * @param effective the clinically relevant time, as precise as it is written
     * @param measured its own result first, then its components'
     */
    record Observed(
            Coordinates origin,
            String patient,
            boolean rekeyed,
            boolean certain,
            Instant at,
            String identity,
            String status,
            @Nullable When effective,
            @Nullable Instant issued,
            List<ObservedResult> measured)
            implements Fact {

        public Observed {
            measured = List.copyOf(measured);
        }

        /** Hides the patient: this may end up in a log. */
        @Override
        public String toString() {
            return "Observed[hidden]";
        }
    }

    /** A Patient with a birth date. */
    record Introduced(Coordinates origin, String patient, boolean rekeyed, boolean certain, LocalDate birthDate)
            implements Fact {

        /** Hides the patient: this may end up in a log. */
        @Override
        public String toString() {
            return "Introduced[hidden]";
        }
    }
}
