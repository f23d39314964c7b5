package io.clinicalstreams.experiment;

/** What a trial does. */
public enum Measure {
    /** A bare producer with the topic's settings sends to it. */
    PRODUCE
}
