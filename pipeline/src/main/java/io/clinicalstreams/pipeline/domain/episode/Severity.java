package io.clinicalstreams.pipeline.domain.episode;

/** How grave a finding is, in rising order. */
public enum Severity {
    LOW,
    MODERATE,
    HIGH
}
