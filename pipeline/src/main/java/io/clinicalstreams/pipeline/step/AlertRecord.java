package io.clinicalstreams.pipeline.step;

import org.jspecify.annotations.Nullable;

/**
 * An alert as it is written: its id and its DetectedIssue, JSON in UTF-8.
 *
 * @param detectedIssue null for a tombstone: the alert ended long enough ago to be forgotten
 */
public record AlertRecord(String alertId, byte @Nullable [] detectedIssue) {

    /** True for a transition of the alert, false for the tombstone that ends it. */
    public boolean isTransition() {
        return detectedIssue != null;
    }
}
