package io.clinicalstreams.pipeline.domain.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What decides which of two versions of an Observation is the later one: {@code meta.versionId} if both are whole
 * numbers, else {@code meta.lastUpdated}, else {@code issued}; what is equal or missing leaves it to the next. If none
 * decides, the one that arrived last is the later one.
 */
public record VersionOrder(
        @Nullable Long versionId,
        @Nullable Instant lastUpdated,
        @Nullable Instant issued,
        ObservationStatus status) {

    /** Positive if this version is the later one, negative if the other is, 0 if only their arrival can tell. */
    public int against(VersionOrder other) {
        int order = compared(versionId, other.versionId);
        if (order == 0) {
            order = compared(lastUpdated, other.lastUpdated);
        }
        return order == 0 ? compared(issued, other.issued) : order;
    }

    static <T extends Comparable<T>> int compared(@Nullable T mine, @Nullable T others) {
        return mine == null || others == null ? 0 : mine.compareTo(others);
    }
}
