package io.clinicalstreams.topics.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What references within one Bundle mean: its entries by fullUrl, and its patients by identifier. A fullUrl is a
 * {@code urn:}, or the address of an entry whose request gives its resource another name.
 */
public final class BundleTargets {

    /** Different identifiers of a Bundle's Patients: kept while it is read. A Bundle of 10,000 Patients has ten of each. */
    public static final int MAX_IDENTIFIERS = 100_000;

    /** For a resource outside any Bundle: a {@code urn:} is just an absolute URI. */
    public static final BundleTargets OUTSIDE = new BundleTargets(false);

    /** Not a resource type, so no entry equals it. */
    private static final Target AMBIGUOUS = new Target("?", null);

    private final boolean inside;
    private final Map<String, Target> byFullUrl = new HashMap<>();
    private final Map<String, Target> patients = new HashMap<>();
    private boolean addresses;
    private boolean tooManyIdentifiers;

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
     * names, two resources cannot be known to be the same.
     */
    public void add(String fullUrl, Target target) {
        addresses |= !Reference.isUrn(fullUrl);
        add(byFullUrl, fullUrl, target);
    }

    /**
     * A Patient with a name, by one of its identifiers. An identifier of two patients names neither.
     *
     * @param identifier {@code system|value}
     */
    public void addPatient(String identifier, Target patient) {
        if (patients.size() < MAX_IDENTIFIERS || patients.containsKey(identifier)) {
            add(patients, identifier, patient);
        } else {
            tooManyIdentifiers = true;
        }
    }

    /** Whether some identifiers were left out. */
    public boolean hasTooManyIdentifiers() {
        return tooManyIdentifiers;
    }

    private static void add(Map<String, Target> targets, String by, Target target) {
        Target before = targets.putIfAbsent(by, target);
        if (before != null && (target.name() == null || !before.equals(target))) {
            targets.put(by, AMBIGUOUS);
        }
    }

    /** Whether an absolute URL may name an entry. */
    public boolean hasAddresses() {
        return addresses;
    }

    /** Null when no entry has this fullUrl, or when it is ambiguous. */
    public @Nullable Target find(String fullUrl) {
        return known(byFullUrl.get(fullUrl));
    }

    /** The Patient with this identifier; null when there is none, or more than one. */
    @Nullable
    Target patient(String identifier) {
        return known(patients.get(identifier));
    }

    private static @Nullable Target known(@Nullable Target target) {
        return AMBIGUOUS.equals(target) ? null : target;
    }

    /** The same reference, valid outside the Bundle; null when only the fullUrl identifies the resource. */
    public @Nullable String reference(String fullUrl) {
        Target target = find(fullUrl);
        return target == null ? null : target.reference();
    }

    /**
     * An entry's resource.
     *
     * @param type its type, empty when missing or unknown
     * @param name {@code Type/id}, the URL on another server, or a Patient's {@code system|value}, which is also its
     *     key; null when only the fullUrl identifies it
     */
    public record Target(String type, @Nullable String name) {

        /** A reference to it that is valid outside the Bundle; null when only the fullUrl identifies it. */
        public @Nullable String reference() {
            return name == null || name.indexOf(PatientKeys.BAR) < 0 ? name : PatientSearch.of(name);
        }

        /** Hides the patient. */
        @Override
        public String toString() {
            return "Target[hidden]";
        }
    }
}
