package io.clinicalstreams.loadgen.verify.classify;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says whom a resource is about: its patient key, by the rules that every producer and consumer agrees on. */
final class SubjectReading {

    private static final Pattern HISTORY = Pattern.compile("/_history/[^/]*$");
    private static final Pattern RELATIVE = Pattern.compile("([A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})");
    private static final Pattern TYPE_SEGMENT = Pattern.compile("/([A-Za-z]+)/[^/]+$");
    private static final Pattern CONDITIONAL = Pattern.compile("[A-Za-z]*\\?.*", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]*:.*", Pattern.DOTALL);

    private final List<String> baseUrls;

    /** @param baseUrls of FHIR servers whose patients are known by their relative references */
    SubjectReading(Set<String> baseUrls) {
        this.baseUrls = baseUrls.stream()
                .map(url -> url.endsWith("/") ? url : url + "/")
                .toList();
    }

    /** @param bundle null for a resource that came alone */
    Subject of(@Nullable Json subject, Json.Members resource, @Nullable BundleReferences bundle) {
        if (subject == null) {
            return Subject.none(Reason.MISSING_PATIENT);
        }
        if (!(subject instanceof Json.Members reference)) {
            return Subject.none(Reason.WRONG_ELEMENT_TYPE, Reason.MISSING_PATIENT);
        }
        if (isOfAnotherType(reference)) {
            return Subject.none(Reason.SUBJECT_NOT_A_PATIENT, Reason.MISSING_PATIENT, Reason.UNRESOLVABLE_REFERENCE);
        }
        if (!reference.has("reference")) {
            return byIdentifier(reference.get("identifier"));
        }
        String literal = reference.text("reference");
        if (literal == null) {
            return Subject.none(Reason.WRONG_ELEMENT_TYPE);
        }
        return byLiteral(literal, resource, bundle);
    }

    private static boolean isOfAnotherType(Json.Members reference) {
        String type = reference.text("type");
        return type != null && !type.equals("Patient") && !type.endsWith("/Patient");
    }

    private static Subject byIdentifier(@Nullable Json element) {
        if (element == null) {
            return Subject.none(Reason.MISSING_PATIENT);
        }
        if (!(element instanceof Json.Members identifier)) {
            return Subject.none(Reason.WRONG_ELEMENT_TYPE, Reason.MISSING_PATIENT);
        }
        String system = identifier.text("system");
        String value = identifier.text("value");
        if (value == null || value.isEmpty()) {
            return Subject.none(Reason.MISSING_PATIENT, Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        return Subject.of((system == null ? "" : system) + '|' + value);
    }

    private Subject byLiteral(String literal, Json.Members resource, @Nullable BundleReferences bundle) {
        if (literal.isBlank()) {
            return Subject.none(Reason.INVALID_REFERENCE, Reason.MISSING_PATIENT, Reason.INVALID_VALUE);
        }
        if (literal.startsWith("#")) {
            return contained(literal.substring(1), resource);
        }
        if (bundle != null && BundleReferences.isLocal(literal)) {
            return inBundle(literal, bundle);
        }
        if (CONDITIONAL.matcher(literal).matches()) {
            return conditional(literal);
        }
        return withoutVersion(literal);
    }

    private static Subject contained(String id, Json.Members resource) {
        Json.Members contained = ResourceJudge.contained(id, resource);
        if (contained == null) {
            return Subject.none(Reason.UNRESOLVABLE_REFERENCE);
        }
        return "Patient".equals(contained.text("resourceType"))
                ? Subject.none(Reason.CONTAINED_PATIENT)
                : Subject.none(Reason.SUBJECT_NOT_A_PATIENT, Reason.CONTAINED_PATIENT);
    }

    private static Subject inBundle(String literal, BundleReferences bundle) {
        BundleReferences.Target target = bundle.find(literal);
        String outside = bundle.outside(literal);
        if (target == null || outside == null) {
            return Subject.none(Reason.UNRESOLVABLE_REFERENCE);
        }
        if (!"Patient".equals(target.type())) {
            return Subject.none(Reason.SUBJECT_NOT_A_PATIENT);
        }
        return Subject.of(outside);
    }

    /** {@code Patient?identifier=system|value}: the patient who has that identifier. */
    private static Subject conditional(String literal) {
        int question = literal.indexOf('?');
        String type = literal.substring(0, question);
        String query = literal.substring(question + 1);
        if (!type.equals("Patient")) {
            return Subject.none(Reason.SUBJECT_NOT_A_PATIENT, Reason.INVALID_REFERENCE);
        }
        String identifier = query.startsWith("identifier=") ? query.substring("identifier=".length()) : "";
        if (identifier.isEmpty()) {
            return Subject.none(Reason.INVALID_REFERENCE, Reason.UNRESOLVABLE_REFERENCE, Reason.MISSING_PATIENT);
        }
        boolean plain = identifier.contains("|") && !identifier.contains("%") && !identifier.contains("&");
        return plain ? Subject.of(identifier) : Subject.roughly(identifier);
    }

    private Subject withoutVersion(String literal) {
        int fragment = literal.indexOf('#');
        String address = fragment < 0 ? literal : literal.substring(0, fragment);
        String current = HISTORY.matcher(address).replaceFirst("");
        for (String base : baseUrls) {
            if (current.startsWith(base)) {
                return relative(current.substring(base.length()));
            }
        }
        return SCHEME.matcher(current).matches() ? absolute(current) : relative(current);
    }

    private static Subject absolute(String url) {
        Matcher type = TYPE_SEGMENT.matcher(url);
        if (type.find() && !type.group(1).equals("Patient") && ResourceTypes.isKnown(type.group(1))) {
            return Subject.none(Reason.SUBJECT_NOT_A_PATIENT);
        }
        if (url.chars().anyMatch(Character::isWhitespace)) {
            return Subject.none(Reason.INVALID_REFERENCE);
        }
        return Subject.of(url);
    }

    private static Subject relative(String reference) {
        Matcher parts = RELATIVE.matcher(reference);
        if (!parts.matches()) {
            return Subject.none(Reason.INVALID_REFERENCE, Reason.SUBJECT_NOT_A_PATIENT);
        }
        String type = parts.group(1);
        if (type.equals("Patient")) {
            return Subject.of(reference);
        }
        return ResourceTypes.isKnown(type)
                ? Subject.none(Reason.SUBJECT_NOT_A_PATIENT)
                : Subject.none(Reason.INVALID_REFERENCE, Reason.SUBJECT_NOT_A_PATIENT);
    }
}
