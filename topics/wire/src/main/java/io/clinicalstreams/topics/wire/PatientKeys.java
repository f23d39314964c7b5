package io.clinicalstreams.topics.wire;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts a reference to a patient to the canonical form that is the key in every clinical topic: a patient has the
 * same key however the sender writes the reference, and {@code Patient/1} of two hospitals have two keys. A reference
 * that may match several patients has no key.
 */
public final class PatientKeys {

    /** Separates system and value of a logical key; occurs in no other key. */
    static final char BAR = '|';

    /** A server's address and path, without query or fragment. */
    private static final Pattern BASE_URL = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#]*)?");

    private final Set<String> baseUrls;

    /** @param baseUrls our own servers, with or without a trailing slash */
    public PatientKeys(Set<String> baseUrls) {
        this.baseUrls = ordered(baseUrls);
    }

    /**
     * Base URLs, each with a trailing slash, the longest first: if a reference begins with two of them, the more
     * specific one matches first.
     *
     * @throws IllegalArgumentException for the first URL that is not one, with the others as suppressed ones
     */
    public static Set<String> ordered(Set<String> baseUrls) {
        return ordered("base-urls", baseUrls);
    }

    /** @param setting named in the exception */
    public static Set<String> ordered(String setting, Set<String> baseUrls) {
        Set<String> withSlash = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        IllegalArgumentException refused = null;
        for (String url : baseUrls) {
            if (!BASE_URL.matcher(url).matches()) {
                IllegalArgumentException wrong =
                        new IllegalArgumentException(setting + ": must be absolute http or https URLs"
                                + (url.contains("@") ? " without a login" : ", was '" + url + "'"));
                if (refused == null) {
                    refused = wrong;
                } else {
                    refused.addSuppressed(wrong);
                }
            }
            withSlash.add(url.endsWith("/") ? url : url + "/");
        }
        if (refused != null) {
            throw refused;
        }
        return Collections.unmodifiableSet(withSlash);
    }

    /**
     * The patient that {@code Reference.reference} names in a resource outside any Bundle, or why it names no single
     * patient.
     */
    public PatientReference ofReference(String text) {
        Reference reference = text.length() > PatientKey.MAX_BYTES ? null : Reference.parse(text);
        return reference == null
                ? PatientReference.unknown(Reason.INVALID_REFERENCE)
                : bounded(find(reference, text, ReferenceContext.ALONE, Map::of));
    }

    /** The patient that {@code Reference.identifier} names when there is no {@code Reference.reference}. */
    public static PatientReference ofIdentifier(@Nullable String system, String value) {
        return bounded(logical(system, (system == null ? "" : system) + BAR + value));
    }

    /**
     * @param context of the resource
     * @param contained types of the resource's contained resources by id, looked up only when needed
     */
    public PatientReference resolve(
            Subject subject, ReferenceContext context, Supplier<Map<String, String>> contained) {
        return bounded(find(subject, context, contained));
    }

    /**
     * The key of a Patient resource, whatever other entries say: its id; without one, its first identifier, because
     * other resources name it by that. Null when neither is usable.
     *
     * @param id null when it has none
     * @param identifiers {@code system|value} of each that has both
     */
    @Nullable
    public PatientKey ofPatient(@Nullable String id, List<String> identifiers, ReferenceContext context) {
        if (id == null) {
            return identifiers.stream()
                    .filter(identifier -> PatientSearch.of(identifier) != null)
                    .findFirst()
                    .map(PatientKey::new)
                    .orElse(null);
        }
        String relative = ResourceTypeNames.PATIENT + '/' + id;
        return context.isOurs()
                ? new PatientKey(relative)
                : bounded(elsewhere(relative, context, BundleTargets.OUTSIDE)).key();
    }

    /**
     * The key that the search of a conditional create or update names; null when it may match several patients.
     *
     * @param written {@code identifier=system|value}, also after {@code ?}, {@code Patient?}, {@code /Patient?} or a
     *     server's address
     */
    @Nullable
    public PatientKey ofSearch(String written) {
        String search = written.startsWith('/' + PatientSearch.PREFIX) ? written.substring(1) : written;
        String url = search.startsWith(PatientSearch.PREFIX) || search.startsWith("http")
                ? search
                : PatientSearch.PREFIX + search.substring(search.startsWith("?") ? 1 : 0);
        PatientKey key = ofReference(url).key();
        return key == null || PatientSearch.of(key.reference()) == null ? null : key;
    }

    /** The key of a Patient that only its fullUrl names: that of the references to it. Null when there are none. */
    @Nullable
    public PatientKey ofFullUrl(String fullUrl) {
        boolean isUrl = Reference.isUrn(fullUrl) || fullUrl.startsWith("http://") || fullUrl.startsWith("https://");
        return isUrl ? ofReference(fullUrl).key() : null;
    }

    private static PatientReference bounded(PatientReference patient) {
        return patient.key() != null && isTooLong(patient.key().reference())
                ? PatientReference.unknown(Reason.INVALID_REFERENCE)
                : patient;
    }

    /** A char is at most three bytes in UTF-8, so a short key need not be encoded to check its length. */
    private static boolean isTooLong(String key) {
        return key.length() > PatientKey.MAX_BYTES / 3
                && key.getBytes(StandardCharsets.UTF_8).length > PatientKey.MAX_BYTES;
    }

    private PatientReference find(Subject subject, ReferenceContext context, Supplier<Map<String, String>> contained) {
        String type = subject.type();
        if (type != null && !type.equals(ResourceTypeNames.PATIENT)) {
            return PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        Reference reference = subject.reference();
        String text = subject.text();
        if (reference == null || text == null) {
            String logical = subject.logical();
            return logical == null
                    ? PatientReference.unknown(Reason.MISSING_PATIENT)
                    : joined(logical(subject.system(), logical), context.targets());
        }
        PatientReference found = find(reference, text, context, contained);
        String logical = subject.logical();
        return logical != null && leadsNowhere(found, reference)
                ? byIdentifier(found, logical(subject.system(), logical), reference, text, context)
                : found;
    }

    /** So does a urn that only identifies an entry: it has no meaning outside the Bundle. */
    private static boolean leadsNowhere(PatientReference found, Reference reference) {
        PatientKey key = found.key();
        return key == null
                ? found.problem() == Reason.CONTAINED_PATIENT
                        || (found.problem() == Reason.UNRESOLVABLE_REFERENCE && mayBePatient(reference))
                : reference.kind() == Reference.Kind.URN && key.reference().equals(reference.text());
    }

    private static boolean mayBePatient(Reference reference) {
        return reference.type() == null || reference.type().equals(ResourceTypeNames.PATIENT);
    }

    /** The identifier beside a reference that leads nowhere. A relative reference would mean our patient elsewhere. */
    private static PatientReference byIdentifier(
            PatientReference found,
            PatientReference identified,
            Reference reference,
            String text,
            ReferenceContext context) {
        PatientKey key = identified.key();
        if (key == null) {
            return found;
        }
        PatientReference joined = joined(identified, context.targets());
        String written = reference.kind() == Reference.Kind.RELATIVE ? PatientSearch.of(key.reference()) : text;
        return written == null ? found : joined.beside(written);
    }

    /** The Patient of the same Bundle that has this identifier, if there is one. */
    private static PatientReference joined(PatientReference identified, BundleTargets targets) {
        String key = identified.key() == null ? "" : identified.key().reference();
        BundleTargets.Target patient = targets.patient(key);
        String name = patient == null ? null : patient.name();
        return patient == null || name == null || name.equals(key) ? identified : PatientReference.of(patient, name);
    }

    private PatientReference find(
            Reference reference, String text, ReferenceContext context, Supplier<Map<String, String>> contained) {
        BundleTargets targets = context.targets();
        return switch (reference.kind()) {
            case RELATIVE -> relative(reference, text, context);
            case ABSOLUTE -> absolute(reference, text, targets);
            case CONDITIONAL -> joined(PatientSearch.patient(reference), targets);
            case CONTAINED -> contained(contained.get().get(reference.id()));
            case URN ->
                targets.isInsideBundle() ? inBundle(reference.text(), text, targets) : literal(reference.text(), text);
        };
    }

    private PatientReference relative(Reference reference, String text, ReferenceContext context) {
        BundleTargets.Target neighbour = context.neighbour(reference);
        if (neighbour != null) {
            return ofEntry(neighbour, reference.text(), text);
        }
        return context.isOurs()
                ? typed(reference, reference.text(), text)
                : elsewhere(text, context, context.targets());
    }

    private static PatientReference typed(Reference reference, String key, String text) {
        return ResourceTypeNames.PATIENT.equals(reference.type())
                ? literal(key, text)
                : PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
    }

    /** For an address, which must not look like a logical key. */
    private static PatientReference literal(String key, String text) {
        return text.indexOf(BAR) >= 0
                ? PatientReference.unknown(Reason.INVALID_REFERENCE)
                : PatientReference.of(key, text);
    }

    /** A relative reference in an entry from another server. */
    private PatientReference elsewhere(String text, ReferenceContext context, BundleTargets targets) {
        String absolute = context.absolute(text);
        if (absolute == null) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        Reference reference = Reference.parse(absolute);
        return reference == null
                ? PatientReference.unknown(Reason.INVALID_REFERENCE)
                : absolute(reference, absolute, targets);
    }

    private PatientReference absolute(Reference reference, String text, BundleTargets targets) {
        BundleTargets.Target entry = targets.find(reference.text());
        if (entry != null) {
            return ofEntry(entry, reference.text(), text);
        }
        for (String base : baseUrls) {
            if (reference.text().startsWith(base)) {
                Reference relative = Reference.parse(reference.text().substring(base.length()));
                if (relative == null) {
                    return PatientReference.unknown(Reason.INVALID_REFERENCE);
                }
                return switch (relative.kind()) {
                    case RELATIVE -> typed(relative, relative.text(), text);
                    case CONDITIONAL -> joined(PatientSearch.patient(relative), targets);
                    case ABSOLUTE, URN, CONTAINED -> PatientReference.unknown(Reason.INVALID_REFERENCE);
                };
            }
        }
        return reference.type() == null ? literal(reference.text(), text) : typed(reference, reference.text(), text);
    }

    /** Without a system, several hospitals may use the value; with a bar in the system, its end is ambiguous. */
    static PatientReference logical(@Nullable String system, String identifier) {
        if (system == null || system.isEmpty() || system.indexOf(BAR) >= 0) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(identifier);
        return encodable ? PatientReference.of(identifier, identifier) : PatientReference.unknown(Reason.INVALID_VALUE);
    }

    private static PatientReference contained(@Nullable String type) {
        if (type == null) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        return PatientReference.unknown(
                type.equals(ResourceTypeNames.PATIENT) ? Reason.CONTAINED_PATIENT : Reason.SUBJECT_NOT_A_PATIENT);
    }

    private static PatientReference inBundle(String urn, String text, BundleTargets targets) {
        BundleTargets.Target target = targets.find(urn);
        if (target == null) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        return ofEntry(target, urn, text);
    }

    private static PatientReference ofEntry(BundleTargets.Target entry, String fullUrl, String text) {
        if (!entry.type().equals(ResourceTypeNames.PATIENT)) {
            return PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        String name = entry.name();
        return name == null ? literal(fullUrl, text) : PatientReference.of(entry, name);
    }
}
