package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Determines a resource's patient key, by the rules that producers and consumers have agreed on. */
final class SubjectReading {

    private static final Pattern HISTORY = Pattern.compile("/_history/[^/]*$");
    private static final Pattern RELATIVE = Pattern.compile("([A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})");
    private static final Pattern TYPE_SEGMENT = Pattern.compile("/([A-Za-z]+)/[^/]+$");
    private static final Pattern CONDITIONAL = Pattern.compile("[A-Za-z]*\\?.*", Pattern.DOTALL);
    private static final Pattern NAMING_URL = Pattern.compile("(?:urn:(?:uuid|oid):|https?://)[^/\\s#]\\S*");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]*:.*", Pattern.DOTALL);

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
            return joined(bounded(byIdentifier(reference.get("identifier"))), bundle);
        }
        String literal = reference.text("reference");
        if (literal == null) {
            return SubjectOutcome.none(Reason.WRONG_ELEMENT_TYPE);
        }
        SubjectOutcome named = bounded(byLiteral(literal, resource, bundle));
        return reference.has("identifier") && leadsNowhere(named, literal)
                ? beside(literal, named, bounded(byIdentifier(reference.get("identifier"))), bundle)
                : named;
    }

    /** Not to a patient that has a name outside its Bundle and its resource. */
    private static boolean leadsNowhere(SubjectOutcome named, String literal) {
        if (named.certain()) {
            return BundleReferences.isLocal(literal) && named.key().equals(withoutFragment(literal));
        }
        boolean isWellFormed = literal.chars().noneMatch(Character::isWhitespace);
        Set<Reason> reasons = named.defects().reasons();
        return isWellFormed
                && (reasons.contains(Reason.UNRESOLVABLE_REFERENCE) || reasons.contains(Reason.CONTAINED_PATIENT))
                && (!reasons.contains(Reason.SUBJECT_NOT_A_PATIENT) || literal.startsWith("Patient/"));
    }

    /** By the identifier beside a reference that leads nowhere. */
    private static SubjectOutcome beside(
            String literal, SubjectOutcome named, SubjectOutcome identified, @Nullable BundleReferences bundle) {
        // Without its server, a relative reference would become one to our own patient.
        String stays = BundleReferences.isRelative(literal) ? IdentifierSearch.of(identified.key()) : literal;
        if (!identified.certain() || stays == null) {
            return named;
        }
        SubjectOutcome joined = joined(identified, bundle);
        return joined.written() == null ? joined.recordedAs(stays) : joined;
    }

    /** As the Bundle's Patient with this identifier, if there is one. */
    private static SubjectOutcome joined(SubjectOutcome identified, @Nullable BundleReferences bundle) {
        BundleReferences.Target patient = bundle == null ? null : bundle.patient(identified.key());
        String name = patient == null ? null : patient.name();
        return patient == null || name == null || name.equals(identified.key())
                ? identified
                : SubjectOutcome.of(name).recordedAs(patient.written());
    }

    /** The {@code system|value} that a request's search or search URL names; null when it may match several patients. */
    @Nullable
    String searched(String written) {
        String search = written.startsWith("/Patient?") ? written.substring(1) : written;
        boolean isUrl = search.startsWith("Patient?") || search.startsWith("http");
        String url = isUrl ? search : "Patient?" + (search.startsWith("?") ? search.substring(1) : search);
        if (url.length() > JsonBounds.TEXT || url.chars().anyMatch(Character::isWhitespace)) {
            return null;
        }
        String key = bounded(CONDITIONAL.matcher(url).matches() ? conditional(url) : current(url, null))
                .key();
        return IdentifierSearch.of(key) == null ? null : key;
    }

    /** The key of a Patient that has no other name than this fullUrl; null when no reference can have it. */
    @Nullable
    String named(String fullUrl) {
        if (fullUrl.length() > JsonBounds.TEXT || !NAMING_URL.matcher(fullUrl).matches()) {
            return null;
        }
        SubjectOutcome named = BundleReferences.isLocal(fullUrl)
                ? inBundle(fullUrl, new BundleReferences.Target("Patient", null))
                : current(fullUrl, null);
        String key = bounded(named).key();
        return key.isEmpty() ? null : key;
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
        if (bundle != null && bundle.isEntrys(literal)) {
            return inBundle(literal, bundle.find(literal));
        }
        if (CONDITIONAL.matcher(literal).matches()) {
            return joined(conditional(literal), bundle);
        }
        BundleReferences.Target entry = bundle == null ? null : bundle.findByAddress(literal);
        return entry == null
                ? current(literal, bundle == null ? ServiceBase.OURS : bundle.home(), bundle)
                : inBundle(literal, entry);
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

    private static SubjectOutcome inBundle(String literal, BundleReferences.@Nullable Target target) {
        if (target == null) {
            return SubjectOutcome.none(Reason.UNRESOLVABLE_REFERENCE);
        }
        if (!"Patient".equals(target.type())) {
            return SubjectOutcome.none(Reason.SUBJECT_NOT_A_PATIENT);
        }
        if (target.name() != null) {
            return SubjectOutcome.of(target.name()).recordedAs(target.written());
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
        String identifier = IdentifierSearch.named(query);
        if (identifier.isEmpty()) {
            return SubjectOutcome.none(Reason.UNRESOLVABLE_REFERENCE, Reason.INVALID_REFERENCE);
        }
        return SubjectOutcome.of(identifier);
    }

    /** By a URL that no entry has, absolute or relative to a server. */
    SubjectOutcome at(String literal, ServiceBase home) {
        return current(literal, home, null);
    }

    private SubjectOutcome current(String literal, ServiceBase home, @Nullable BundleReferences bundle) {
        if (home.isOurs() || !BundleReferences.isRelative(literal)) {
            return current(literal, bundle);
        }
        if (home.isNowhere()) {
            return SubjectOutcome.none(Reason.UNRESOLVABLE_REFERENCE, Reason.SUBJECT_NOT_A_PATIENT);
        }
        return bounded(current(home.root() + literal, bundle));
    }

    private static String withoutFragment(String literal) {
        int fragment = literal.indexOf('#');
        return fragment < 0 ? literal : literal.substring(0, fragment);
    }

    /** The URL without version, fragment and the base URL of our own servers. */
    private SubjectOutcome current(String literal, @Nullable BundleReferences bundle) {
        String current = HISTORY.matcher(withoutFragment(literal)).replaceFirst("");
        String ours = null;
        for (String base : baseUrls) {
            if (ours == null && current.startsWith(base)) {
                ours = current.substring(base.length());
            }
        }
        if (ours != null && CONDITIONAL.matcher(ours).matches()) {
            return joined(conditional(ours), bundle);
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
