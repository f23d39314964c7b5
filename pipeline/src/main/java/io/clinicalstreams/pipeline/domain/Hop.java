package io.clinicalstreams.pipeline.domain;

/** How far something has come along the links of duplicates. */
public enum Hop {
    /** It may go on. */
    ONWARD,
    /** It has gone far enough, and stays where it is. */
    LAST,
    /** It came back to the patient that it is about: the links are a cycle. */
    HOME
}
