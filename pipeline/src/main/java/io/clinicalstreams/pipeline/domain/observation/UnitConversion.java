package io.clinicalstreams.pipeline.domain.observation;

import java.util.Optional;

/** Converts units. Thread-safe. */
public interface UnitConversion {

    /**
     * @param to a UCUM code
     * @return empty if the unit is unknown or measures a different kind of quantity
     */
    Optional<Conversion> between(Unit from, String to);
}
