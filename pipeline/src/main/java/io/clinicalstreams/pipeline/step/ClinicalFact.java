package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Observation;
import io.clinicalstreams.pipeline.domain.Patient;
import io.clinicalstreams.topics.wire.Coordinates;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/** Something the alerting lane learned about one patient from one rightly keyed input resource. */
public sealed interface ClinicalFact {

    /** Where the resource stood first. */
    Coordinates origin();

    /** Headers for whatever this fact causes. */
    Headers headers();

    /** @param receivedAt when the first topic took it: the input's time, by which rules decide */
    record Observed(Observation observation, Instant receivedAt, Coordinates origin, Headers headers)
            implements ClinicalFact {}

    record Introduced(Patient patient, Coordinates origin, Headers headers) implements ClinicalFact {}
}
