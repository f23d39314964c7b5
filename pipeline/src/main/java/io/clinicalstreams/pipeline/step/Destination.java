package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import org.apache.kafka.streams.kstream.Predicate;

/** Where the recording lane sends a resource: one topic each. */
public enum Destination {
    OBSERVATIONS,
    MEDICATION_REQUESTS,
    ENCOUNTERS,
    MEDICATION_CATALOG,
    /** The lanes' second source: there it stands under its patient's key. */
    REKEYED,
    /** Quarantine. */
    REJECTED;

    static Destination of(RoutedType type) {
        return switch (type) {
            case OBSERVATION -> OBSERVATIONS;
            case MEDICATION_REQUEST -> MEDICATION_REQUESTS;
            case ENCOUNTER -> ENCOUNTERS;
            case MEDICATION_KNOWLEDGE -> MEDICATION_CATALOG;
        };
    }

    /** Holds for the outcomes that go here. */
    public Predicate<byte[], Outcome> accepts() {
        return (key, outcome) -> outcome.destination() == this;
    }
}
