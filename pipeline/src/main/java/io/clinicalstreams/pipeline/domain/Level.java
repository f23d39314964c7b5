package io.clinicalstreams.pipeline.domain;

/** A limit and how grave it is to meet it. */
public record Level(Severity severity, Threshold threshold) {}
