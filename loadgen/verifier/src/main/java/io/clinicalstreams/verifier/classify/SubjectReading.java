package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Determines a resource's patient key, by the rules that producers and consumers have agreed on. */
final class SubjectReading {

    private static final Pattern HISTORY = Pattern.compile("/_history/[^/]*$");
    private static final Pattern RELATIVE = Pattern.compile("([A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})");
    private static final Pattern TYPE_SEGMENT = Pattern.compile("/([A-Za-z]+)/[^/]+$");
    private static final Pattern CONDITIONAL = Pattern.compile("[A-Za-z]*\\?.*", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]*:.*", Pattern.DOTALL);

    /** A search for one identifier: its system and one value. */
    private static final Pattern ONE_IDENTIFIER = Pattern.compile("[^|,\\\\]+\\|[^,\\\\]+", Pattern.DOTALL);

    private final List<String> baseUrls;

    /** @param baseUrls our own servers, each with a slash at the end, the longest first */
    SubjectReading(List<String> baseUrls) {
        this.baseUrls = baseUrls;
    }

    /** @param bundle null for a resource outside a Bundle */
    SubjectOutcome of(@Nullable JsonValue subject, JsonValue.Members resource, @Nullable BundleReferences bundle) {
        if (subject == null) {
            return SubjectOutcome.none(Reason.MISSING_PATIENT);
        }
        if (!(subject instanceof JsonValue.Members reference)) {
            return SubjectOutcome.none(Reason.WRONG_ELEMENT_TYPE, Reason.MISSING_PATIENT);
        }
        if (isOfAnotherType(reference)) {
            return SubjectOutcome.none(
                    Reason.SUBJECT_NOT_A_PATIENT, Reason.MISSING_PATIENT, Reason.UNRESOLVABLE_REFERENCE);
        }
        if (!reference.has("reference")) {
            return bounded(byIdentifier(reference.get("identifier")));
        }
        String literal = reference.text("reference");
        if (literal == null) {
            return SubjectOutcome.none(Reason.WRONG_ELEMENT_TYPE);
        }
        return bounded(byLiteral(literal, resource, bundle));
    }

    /** A key is copied into states and alerts. */
    private static SubjectOutcome bounded(SubjectOutcome subject) {
        return subject.key().getBytes(StandardCharsets.UTF_8).length > JsonBounds.TEXT
                ? SubjectOutcome.none(Reason.INVALID_REFERENCE, Reason.INVALID_VALUE)
                : subject;
    }

    private static boolean isOfAnotherType(JsonValue.Members reference) {
        String type = reference.text("type");
        return type != null && !type.equals("Patient") && !type.endsWith("/Patient");
    }

    private static SubjectOutcome byIdentifier(@Nullable JsonValue element) {
        if (element == null) {
            return SubjectOutcome.none(Reason.MISSING_PATIENT);
        }
        if (!(element instanceof JsonValue.Members identifier)) {
            return SubjectOutcome.none(Reason.WRONG_ELEMENT_TYPE, Reason.MISSING_PATIENT);
        }
        String system = identifier.text("system");
        String value = identifier.text("value");
        if (value == null || value.isEmpty()) {
            return SubjectOutcome.none(Reason.MISSING_PATIENT, Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        if (system == null || system.isEmpty() || system.contains("|")) {
            // Without a system the value is ambiguous; with a bar, the end of the system is.
            return SubjectOutcome.none(Reason.UNRESOLVABLE_REFERENCE, Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        return SubjectOutcome.of(system + '|' + value);
    }

    private SubjectOutcome byLiteral(String literal, JsonValue.Members resource, @Nullable BundleReferences bundle) {
        if (literal.isBlank()) {
            return SubjectOutcome.none(Reason.INVALID_REFERENCE, Reason.MISSING_PATIENT, Reason.INVALID_VALUE);
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
        return byAddress(literal, bundle);
    }

    private static SubjectOutcome contained(String id, JsonValue.Members resource) {
        JsonValue.Members contained = ResourceClassifier.contained(id, resource);
        if (contained == null) {
            return SubjectOutcome.none(Reason.UNRESOLVABLE_REFERENCE);
        }
        return "Patient".equals(contained.text("resourceType"))
                ? SubjectOutcome.none(Reason.CONTAINED_PATIENT)
                : SubjectOutcome.none(Reason.SUBJECT_NOT_A_PATIENT, Reason.CONTAINED_PATIENT);
    }

    private static SubjectOutcome inBundle(String literal, BundleReferences bundle) {
        BundleReferences.Target target = bundle.find(literal);
        if (target == null) {
            return SubjectOutcome.none(Reason.UNRESOLVABLE_REFERENCE);
        }
        if (!"Patient".equals(target.type())) {
            return SubjectOutcome.none(Reason.SUBJECT_NOT_A_PATIENT);
        }
        if (target.id() != null) {
            return SubjectOutcome.of("Patient/" + target.id());
        }
        return literal.contains("|")
                ? SubjectOutcome.none(Reason.INVALID_REFERENCE)
                : SubjectOutcome.of(withoutFragment(literal)).writtenAs(literal);
    }

    /** {@code Patient?identifier=system|value}: the patient with this identifier. */
    private static SubjectOutcome conditional(String literal) {
        int question = literal.indexOf('?');
        String type = literal.substring(0, question);
        String query = literal.substring(question + 1);
        if (!type.equals("Patient")) {
            return SubjectOutcome.none(Reason.SUBJECT_NOT_A_PATIENT, Reason.INVALID_REFERENCE);
        }
        if (query.isEmpty()) {
            return SubjectOutcome.none(Reason.INVALID_REFERENCE);
        }
        String identifier = query.startsWith("identifier=") ? decoded(query.substring("identifier=".length())) : "";
        if (query.contains("&") || !ONE_IDENTIFIER.matcher(identifier).matches()) {
            return SubjectOutcome.none(Reason.UNRESOLVABLE_REFERENCE, Reason.INVALID_REFERENCE);
        }
        return SubjectOutcome.of(identifier);
    }

    /** A search's value, percent-decoded; empty when the escapes are invalid. A plus stays a plus. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return "";
        }
    }

    /** By a URL, absolute or relative to the entry's server. */
    SubjectOutcome byAddress(String literal, @Nullable BundleReferences bundle) {
        ServiceBase home = bundle == null ? ServiceBase.OURS : bundle.home();
        if (home.isOurs() || !BundleReferences.isRelative(literal)) {
            return current(literal);
        }
        if (home.isNowhere()) {
            return SubjectOutcome.none(Reason.UNRESOLVABLE_REFERENCE, Reason.SUBJECT_NOT_A_PATIENT);
        }
        return bounded(current(home.root() + literal));
    }

    private static String withoutFragment(String literal) {
        int fragment = literal.indexOf('#');
        return fragment < 0 ? literal : literal.substring(0, fragment);
    }

    /** The URL without version, fragment and the base URL of our own servers. */
    private SubjectOutcome current(String literal) {
        String current = HISTORY.matcher(withoutFragment(literal)).replaceFirst("");
        String ours = null;
        for (String base : baseUrls) {
            if (ours == null && current.startsWith(base)) {
                ours = current.substring(base.length());
            }
        }
        if (ours != null && CONDITIONAL.matcher(ours).matches()) {
            return conditional(ours);
        }
        if (literal.contains("|")) {
            // The key would look like an identifier.
            return SubjectOutcome.none(Reason.INVALID_REFERENCE, Reason.SUBJECT_NOT_A_PATIENT);
        }
        boolean isForeign = ours == null && SCHEME.matcher(current).matches();
        SubjectOutcome patient = isForeign ? absolute(current) : relative(ours == null ? current : ours);
        return patient.writtenAs(literal);
    }

    private static SubjectOutcome absolute(String url) {
        Matcher type = TYPE_SEGMENT.matcher(url);
        if (type.find() && !type.group(1).equals("Patient") && ResourceTypeNames.NAMES.contains(type.group(1))) {
            return SubjectOutcome.none(Reason.SUBJECT_NOT_A_PATIENT);
        }
        if (url.chars().anyMatch(Character::isWhitespace)) {
            return SubjectOutcome.none(Reason.INVALID_REFERENCE);
        }
        return SubjectOutcome.of(url);
    }

    private static SubjectOutcome relative(String reference) {
        Matcher parts = RELATIVE.matcher(reference);
        if (!parts.matches()) {
            return SubjectOutcome.none(Reason.INVALID_REFERENCE, Reason.SUBJECT_NOT_A_PATIENT);
        }
        String type = parts.group(1);
        if (type.equals("Patient")) {
            return SubjectOutcome.of(reference);
        }
        return ResourceTypeNames.NAMES.contains(type)
                ? SubjectOutcome.none(Reason.SUBJECT_NOT_A_PATIENT)
                : SubjectOutcome.none(Reason.INVALID_REFERENCE, Reason.SUBJECT_NOT_A_PATIENT);
    }
}
