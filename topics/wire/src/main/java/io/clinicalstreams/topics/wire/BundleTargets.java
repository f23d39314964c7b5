package io.clinicalstreams.topics.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@code urn:} references inside one Bundle refer to: its entries by fullUrl. */
public final class BundleTargets {

    /** For a resource that came on its own: a {@code urn:} is just an absolute URI. */
    public static final BundleTargets OUTSIDE = new BundleTargets(false);

    /** Its type is no resource's, so that no entry is equal to it. */
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
     * Two different resources under one fullUrl make it ambiguous: no patient is better than the wrong one. Without an id
     * it is unknown whether two are the same.
     */
    public void add(String fullUrl, Target target) {
        Target before = byFullUrl.putIfAbsent(fullUrl, target);
        if (before != null && (target.id() == null || !before.equals(target))) {
            byFullUrl.put(fullUrl, AMBIGUOUS);
        }
    }

    /** Null when no entry has this fullUrl, or several have. */
    public @Nullable Target find(String urn) {
        Target target = byFullUrl.get(urn);
        return AMBIGUOUS.equals(target) ? null : target;
    }

    /** What stands for the reference outside of the Bundle; null where only the reference itself does. */
    public @Nullable String reference(String urn) {
        Target target = find(urn);
        return target == null ? null : target.reference();
    }

    /**
     * An entry's resource.
     *
     * @param type its type, empty when it has none that is known
     * @param id null when it has none, or one that no reference could hold
     */
    public record Target(String type, @Nullable String id) {

        /** {@code Type/id}; null when it has no id, so that the urn stays its only name. */
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
