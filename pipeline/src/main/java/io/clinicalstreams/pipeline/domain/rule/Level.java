package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Threshold;

/** A limit and the severity of meeting it. */
public record Level(Severity severity, Threshold threshold) {}
