package io.clinicalstreams.loadgen.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a resource that a replay needs.
 *
 * @param resourceType null when missing
 * @param subject the subject or patient, as written
 * @param bundleType the element {@code type} if it is a string
 * @param entries of a Bundle
 * @param last the latest second at which the event is past, {@link #NEVER} when it is not a dated event
 * @param isMeasurement whether it is an Observation with a result, not one that is only ordered or was withdrawn
 */
record ResourceFacts(
        @Nullable String resourceType,
        @Nullable String id,
        @Nullable Subject subject,
        @Nullable String bundleType,
        List<Entry> entries,
        long last,
        boolean isMeasurement) {

    static final long NEVER = Long.MIN_VALUE;

    private static final Set<String> SPLITTABLE = Set.of("transaction", "batch", "collection", "message");

    /** The parts of a Reference that identify the patient. */
    record Subject(
            @Nullable String reference,
            @Nullable String type,
            @Nullable String identifierSystem,
            @Nullable String identifierValue) {}

    /**
     * One entry of a Bundle.
     *
     * @param resource null when the entry has none
     * @param start offset of the resource's first byte in the Bundle
     * @param end offset after its last
     */
    record Entry(@Nullable String fullUrl, @Nullable ResourceFacts resource, int start, int end) {}

    boolean isBundle() {
        return "Bundle".equals(resourceType);
    }

    /** Whether it is a Bundle that only wraps its entries. */
    boolean isSplittable() {
        return isBundle() && bundleType != null && SPLITTABLE.contains(bundleType) && !entries.isEmpty();
    }

    /** The number of resources it counts as. */
    int resources() {
        return isSplittable() ? entries.size() : 1;
    }

    /** A Bundle's resources by the fullUrl that other entries refer to. */
    Map<String, ResourceFacts> byFullUrl() {
        Map<String, ResourceFacts> byUrl = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.fullUrl() != null && entry.resource() != null) {
                byUrl.putIfAbsent(entry.fullUrl(), entry.resource());
            }
        }
        return byUrl;
    }
}
