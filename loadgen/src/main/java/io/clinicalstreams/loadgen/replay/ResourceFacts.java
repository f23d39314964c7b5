package io.clinicalstreams.loadgen.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a replay needs to know of a resource.
 *
 * @param resourceType null when it has none
 * @param subject whom it is about, as written
 * @param bundleType the element {@code type} where it is a text
 * @param entries of a Bundle
 * @param last the latest second the resource speaks of as done, {@link #NEVER} when it is no dated event
 */
record ResourceFacts(
        @Nullable String resourceType,
        @Nullable String id,
        @Nullable Subject subject,
        @Nullable String bundleType,
        List<Entry> entries,
        long last) {

    static final long NEVER = Long.MIN_VALUE;

    private static final Set<String> SPLITTABLE = Set.of("transaction", "batch", "collection", "message");

    /** A Reference, as far as it says who is meant. */
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

    /** A Bundle that is a mere envelope of its entries. */
    boolean isSplittable() {
        return isBundle() && bundleType != null && SPLITTABLE.contains(bundleType) && !entries.isEmpty();
    }

    /** How many resources it counts as. */
    int resources() {
        return isSplittable() ? entries.size() : 1;
    }

    /** The entries of a Bundle by what other entries call them. */
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
