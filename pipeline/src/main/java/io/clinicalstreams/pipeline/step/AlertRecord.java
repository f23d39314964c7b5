package io.clinicalstreams.pipeline.step;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert to write: its id and its DetectedIssue, JSON in UTF-8.
 *
 * @param detectedIssue null for a tombstone: the alert ended long ago and is forgotten
 */
public record AlertRecord(String alertId, byte @Nullable [] detectedIssue) implements AlertingOutput {

    /** True for a transition of the alert, false for the tombstone that deletes it. */
    public boolean isTransition() {
        return detectedIssue != null;
    }

    @Override
    public List<AlertRecord> alerts() {
        return List.of(this);
    }

    @Override
    public List<AlertingOutput.ForwardedRecord> forwarded() {
        return List.of();
    }
}
