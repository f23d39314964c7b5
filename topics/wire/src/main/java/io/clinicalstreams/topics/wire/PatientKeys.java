package io.clinicalstreams.topics.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
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

    private static final String IDENTIFIER_QUERY = "identifier=";

    /** Separates system and value of a logical key; occurs in no other key. */
    private static final char BAR = '|';

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
        Set<String> withSlash = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        IllegalArgumentException refused = null;
        for (String url : baseUrls) {
            if (!BASE_URL.matcher(url).matches()) {
                IllegalArgumentException wrong =
                        new IllegalArgumentException("base-urls: must be absolute http or https URLs"
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

    /** The key of a Patient resource; null when it cannot be determined. */
    @Nullable
    public PatientKey ofPatient(String id, ReferenceContext context) {
        String relative = ResourceTypeNames.PATIENT + '/' + id;
        return context.isOurs()
                ? new PatientKey(relative)
                : bounded(elsewhere(relative, context)).key();
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
                    : logical(subject.system(), logical);
        }
        return find(reference, text, context, contained);
    }

    private PatientReference find(
            Reference reference, String text, ReferenceContext context, Supplier<Map<String, String>> contained) {
        BundleTargets targets = context.targets();
        return switch (reference.kind()) {
            case RELATIVE -> context.isOurs() ? typed(reference, reference.text(), text) : elsewhere(text, context);
            case ABSOLUTE -> absolute(reference, text);
            case CONDITIONAL -> conditional(reference);
            case CONTAINED -> contained(contained.get().get(reference.id()));
            case URN ->
                targets.isInsideBundle() ? inBundle(reference.text(), text, targets) : literal(reference.text(), text);
        };
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
    private PatientReference elsewhere(String text, ReferenceContext context) {
        String absolute = context.absolute(text);
        if (absolute == null) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        Reference reference = Reference.parse(absolute);
        return reference == null ? PatientReference.unknown(Reason.INVALID_REFERENCE) : absolute(reference, absolute);
    }

    private PatientReference absolute(Reference reference, String text) {
        for (String base : baseUrls) {
            if (reference.text().startsWith(base)) {
                Reference relative = Reference.parse(reference.text().substring(base.length()));
                if (relative == null) {
                    return PatientReference.unknown(Reason.INVALID_REFERENCE);
                }
                return switch (relative.kind()) {
                    case RELATIVE -> typed(relative, relative.text(), text);
                    case CONDITIONAL -> conditional(relative);
                    case ABSOLUTE, URN, CONTAINED -> PatientReference.unknown(Reason.INVALID_REFERENCE);
                };
            }
        }
        return reference.type() == null ? literal(reference.text(), text) : typed(reference, reference.text(), text);
    }

    /** Only a search by one identifier with its system is certain to name one patient; a comma means OR. */
    private static PatientReference conditional(Reference reference) {
        if (!ResourceTypeNames.PATIENT.equals(reference.type())) {
            return PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        String query = reference.id();
        if (query == null || !query.startsWith(IDENTIFIER_QUERY) || query.indexOf('&') >= 0) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        String token = decode(query.substring(IDENTIFIER_QUERY.length()));
        int bar = token == null ? -1 : token.indexOf(BAR);
        if (token == null || bar < 0 || bar == token.length() - 1 || isSeveral(token)) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        return logical(token.substring(0, bar), token);
    }

    /** A comma separates alternative values; a backslash escapes, so one value has several spellings. */
    private static boolean isSeveral(String token) {
        return token.indexOf(',') >= 0 || token.indexOf('\\') >= 0;
    }

    private static @Nullable String decode(String query) {
        if (query.indexOf('%') < 0) {
            return query;
        }
        try {
            return URLDecoder.decode(query.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Without a system, several hospitals may use the value; with a bar in the system, its end is ambiguous. */
    private static PatientReference logical(@Nullable String system, String identifier) {
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
        if (!target.type().equals(ResourceTypeNames.PATIENT)) {
            return PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        String reference = target.reference();
        return reference == null ? literal(urn, text) : PatientReference.of(reference, reference);
    }
}
