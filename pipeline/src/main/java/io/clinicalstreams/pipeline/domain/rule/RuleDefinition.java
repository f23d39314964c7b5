package io.clinicalstreams.pipeline.domain.rule;

import java.time.Duration;

/**
 * What rules of every kind have.
 *
 * @param id prefixed with its owner: {@code curated/potassium-high}
 * @param version of this definition; alerts contain it
 * @param source who published it
 * @param maxAge older readings are not evaluated
 * @param coolDown how long the same finding is not repeated and a resolved one is reopened
 * @param age the ages it applies to
 */
public record RuleDefinition(
        String id, String version, String title, String source, Duration maxAge, Duration coolDown, AgeBand age) {}
