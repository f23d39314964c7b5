package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.domain.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the reference to a patient into the one canonical form that keys every clinical topic, so that the same patient
 * has the same key however the sender writes it, and two hospitals' {@code Patient/1} have two.
 */
final class PatientReferences {

    private static final String IDENTIFIER_QUERY = "identifier=";

    private final Set<String> baseUrls;

    /** @param baseUrls our own servers, each with a slash at the end */
    PatientReferences(Set<String> baseUrls) {
        this.baseUrls = baseUrls;
    }

    /**
     * @param targets of the Bundle that holds the resource
     * @param contained types of the resource's contained resources by id, looked up only when needed
     */
    PatientReference resolve(ReferenceReader subject, BundleTargets targets, Supplier<Map<String, String>> contained) {
        String type = subject.type();
        if (type != null && !type.equals(KnownTypes.PATIENT)) {
            return PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        Reference reference = subject.reference();
        String text = subject.text();
        if (reference == null || text == null) {
            String logical = subject.identifier();
            return logical == null ? PatientReference.unknown(Reason.MISSING_PATIENT) : logical(logical);
        }
        return switch (reference.kind()) {
            case RELATIVE -> typed(reference, reference.text(), text);
            case ABSOLUTE -> absolute(reference, text);
            case CONDITIONAL -> conditional(reference);
            case CONTAINED -> contained(contained.get().get(reference.id()));
            case URN ->
                targets.isInsideBundle()
                        ? inBundle(reference.text(), targets)
                        : PatientReference.of(reference.text(), text);
        };
    }

    private static PatientReference typed(Reference reference, String key, String text) {
        return KnownTypes.PATIENT.equals(reference.type())
                ? PatientReference.of(key, text)
                : PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
    }

    private PatientReference absolute(Reference reference, String text) {
        for (String base : baseUrls) {
            if (reference.text().startsWith(base)) {
                Reference relative = Reference.parse(reference.text().substring(base.length()));
                if (relative == null) {
                    return PatientReference.unknown(Reason.INVALID_REFERENCE);
                }
                return relative.kind() == Reference.Kind.CONDITIONAL
                        ? conditional(relative)
                        : typed(relative, relative.text(), text);
            }
        }
        return reference.type() == null
                ? PatientReference.of(reference.text(), text)
                : typed(reference, reference.text(), text);
    }

    /** Only a search by one identifier with its system names a patient for good. */
    private static PatientReference conditional(Reference reference) {
        if (!KnownTypes.PATIENT.equals(reference.type())) {
            return PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        String query = reference.id();
        if (query == null || !query.startsWith(IDENTIFIER_QUERY) || query.indexOf('&') >= 0) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        String token = decode(query.substring(IDENTIFIER_QUERY.length()));
        int bar = token == null ? -1 : token.indexOf('|');
        if (token == null || bar < 0 || bar == token.length() - 1) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        return logical(token);
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

    private static PatientReference logical(String identifier) {
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(identifier);
        return encodable ? PatientReference.of(identifier, identifier) : PatientReference.unknown(Reason.INVALID_VALUE);
    }

    private static PatientReference contained(@Nullable String type) {
        if (type == null) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        return PatientReference.unknown(
                type.equals(KnownTypes.PATIENT) ? Reason.CONTAINED_PATIENT : Reason.SUBJECT_NOT_A_PATIENT);
    }

    private static PatientReference inBundle(String urn, BundleTargets targets) {
        BundleTargets.Target target = targets.find(urn);
        if (target == null) {
            return PatientReference.unknown(Reason.UNRESOLVABLE_REFERENCE);
        }
        if (!target.type().equals(KnownTypes.PATIENT)) {
            return PatientReference.unknown(Reason.SUBJECT_NOT_A_PATIENT);
        }
        String reference = target.reference();
        return reference == null ? PatientReference.of(urn, urn) : PatientReference.of(reference, reference);
    }
}
