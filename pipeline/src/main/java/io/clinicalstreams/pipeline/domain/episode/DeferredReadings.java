package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import java.util.List;

/** Readings that are decoded when they are needed. An input needs those of its own analyte, which are few of a patient's. */
public interface DeferredReadings extends List<KeptReading> {

    /** Whether some may be of an Observation: to know that none is, they need not be decoded. */
    boolean mayBeOf(ObservationIdentity identity);
}
