package io.clinicalstreams.pipeline.domain;

import java.time.Duration;
import java.util.List;

/**
 * A rule that watches one analyte in one direction.
 *
 * @param version identifies this wording of the rule; an alert names it
 * @param source who published the limits
 * @param maxAge older readings open and change nothing
 * @param coolDown how long the same finding is not repeated, and a resolved one reopens
 */
public record CriticalLimit(
        String id,
        String version,
        String title,
        String source,
        Duration maxAge,
        Duration coolDown,
        AgeBand age,
        List<Variant> variants) {

    public CriticalLimit {
        variants = List.copyOf(variants);
        if (variants.isEmpty()
                || variants.stream().map(Variant::isUpward).distinct().count() != 1) {
            throw new IllegalArgumentException("a rule needs variants that all look the same way");
        }
    }

    /** True where high values are dangerous. */
    public boolean isUpward() {
        return variants.get(0).isUpward();
    }
}
