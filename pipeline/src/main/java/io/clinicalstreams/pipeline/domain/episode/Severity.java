package io.clinicalstreams.pipeline.domain.episode;

/** The severity of a finding, lowest first. */
public enum Severity {
    LOW,
    MODERATE,
    HIGH
}
