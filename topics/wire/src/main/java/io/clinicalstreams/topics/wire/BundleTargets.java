package io.clinicalstreams.topics.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The targets of {@code urn:} references within one Bundle: its entries by fullUrl. */
public final class BundleTargets {

    /** For a resource outside any Bundle: a {@code urn:} is just an absolute URI. */
    public static final BundleTargets OUTSIDE = new BundleTargets(false);

    /** Not a resource type, so no entry equals it. */
    private static final Target AMBIGUOUS = new Target("?", null);

    private final boolean inside;
    private final Map<String, Target> byFullUrl = new HashMap<>();

    private BundleTargets(boolean inside) {
        this.inside = inside;
    }

    public static BundleTargets ofBundle() {
        return new BundleTargets(true);
    }

    public boolean isInsideBundle() {
        return inside;
    }

    /**
     * Two different resources with the same fullUrl make it ambiguous: no patient is better than the wrong one. Without
     * ids, two resources cannot be known to be the same.
     */
    public void add(String fullUrl, Target target) {
        Target before = byFullUrl.putIfAbsent(fullUrl, target);
        if (before != null && (target.id() == null || !before.equals(target))) {
            byFullUrl.put(fullUrl, AMBIGUOUS);
        }
    }

    /** Null when no entry has this fullUrl, or when it is ambiguous. */
    public @Nullable Target find(String urn) {
        Target target = byFullUrl.get(urn);
        return AMBIGUOUS.equals(target) ? null : target;
    }

    /** The same reference, valid outside the Bundle; null when only the urn identifies the resource. */
    public @Nullable String reference(String urn) {
        Target target = find(urn);
        return target == null ? null : target.reference();
    }

    /**
     * An entry's resource.
     *
     * @param type its type, empty when missing or unknown
     * @param id null when missing or not valid in a reference
     */
    public record Target(String type, @Nullable String id) {

        /** {@code Type/id}; null when it has no id and only the urn identifies it. */
        public @Nullable String reference() {
            return id == null ? null : type + '/' + id;
        }

        /** Hides the patient. */
        @Override
        public String toString() {
            return "Target[hidden]";
        }
    }
}
