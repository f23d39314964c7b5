package io.clinicalstreams.pipeline.domain.observation;

import java.util.Optional;

/** Knows how units convert. Safe for use by several threads. */
public interface UnitConversion {

    /**
     * @param to a UCUM code
     * @return empty when the unit is not known, or measures another thing
     */
    Optional<Conversion> between(Unit from, String to);
}
