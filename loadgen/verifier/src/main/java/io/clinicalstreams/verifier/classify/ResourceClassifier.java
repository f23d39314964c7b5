package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.FhirSettings.Validation;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classifies one resource, alone or as an entry of a Bundle. */
final class ResourceClassifier {

    private static final Pattern WITH_TYPE =
            Pattern.compile("([A-Za-z]+)(/[A-Za-z0-9\\-.]{1,64}(/_history/[A-Za-z0-9\\-.]{1,64})?|\\?[^\\s]+)");
    private static final Pattern ABSOLUTE = Pattern.compile("urn:(uuid|oid):[A-Za-z0-9.\\-]+|https?://[^/\\s]\\S*");
    private static final Pattern CONTAINED = Pattern.compile("#[A-Za-z0-9\\-.]{1,64}");

    private final SubjectReading subjects;
    private final Validation validation;

    /** @param validation which elements the lanes check */
    ResourceClassifier(SubjectReading subjects, Validation validation) {
        this.subjects = subjects;
        this.validation = validation;
    }

    /**
     * @param bundle null for a resource outside a Bundle
     * @param defects the defects of its JSON; those of the resource are added
     */
    Classification classify(JsonValue.Members resource, @Nullable BundleReferences bundle, Defects defects) {
        String type = resource.text("resourceType");
        if (type == null) {
            defects.must(Reason.MISSING_RESOURCE_TYPE, Reason.WRONG_ELEMENT_TYPE, Reason.UNKNOWN_RESOURCE_TYPE);
            return Classification.rejected(defects);
        }
        if (!ResourceTypeNames.NAMES.contains(type)) {
            defects.must(Reason.UNKNOWN_RESOURCE_TYPE, Reason.MISSING_RESOURCE_TYPE);
            return Classification.rejected(defects);
        }
        RecordedType destination = RecordedType.of(type);
        if (type.equals("Patient") && resource.items("identifier").size() > JsonBounds.IDENTIFIERS) {
            defects.must(Reason.TOO_MANY_REPETITIONS);
            return Classification.rejected(defects);
        }
        if (destination == null) {
            boolean isPatient = type.equals("Patient");
            return new Classification(
                    null,
                    type,
                    isPatient ? itself(resource, bundle) : null,
                    isPatient ? replacedBy(resource, bundle) : null,
                    null,
                    defects);
        }
        Shapes.check(resource, defects);
        destination.check(new Elements(resource, defects));
        if (validation == Validation.FULL) {
            StructureRules.check(resource, defects);
        }
        if (destination == RecordedType.MEDICATION_KNOWLEDGE) {
            references(resource, null, bundle, defects);
            return new Classification(destination, null, null, null, RecordedType.product(resource), defects);
        }
        SubjectOutcome subject = subjects.of(resource.get("subject"), resource, bundle);
        references(resource, subject, bundle, defects);
        defects.addAll(subject.defects());
        return new Classification(destination, null, subject, null, null, defects);
    }

    /** The first Patient that a duplicate's links say replaces it; null when there is none. */
    private @Nullable SubjectOutcome replacedBy(JsonValue.Members patient, @Nullable BundleReferences bundle) {
        JsonValue.Members link = replacingLink(patient);
        return link == null ? null : subjects.of(link.get("other"), patient, bundle);
    }

    static JsonValue.@Nullable Members replacingLink(JsonValue.Members patient) {
        return patient.objects("link").stream()
                .filter(link -> "replaced-by".equals(link.text("type")))
                .findFirst()
                .orElse(null);
    }

    /** Null when nothing names the Patient: no search, usable id, identifier or fullUrl. */
    private @Nullable SubjectOutcome itself(JsonValue.Members patient, @Nullable BundleReferences bundle) {
        String key = bundle == null ? EntryNaming.itself(patient, ServiceBase.OURS, subjects) : bundle.itself(subjects);
        return key == null ? null : SubjectOutcome.of(key);
    }

    /** @param subject the patient; another reference may name it than the resource's own, which then need not resolve */
    private static void references(
            JsonValue.Members resource,
            @Nullable SubjectOutcome subject,
            @Nullable BundleReferences bundle,
            Defects defects) {
        JsonValue.Members patient = resource.object("subject");
        boolean isNamed = subject != null && subject.written() != null;
        JsonValue own = isNamed && patient != null ? patient.get("reference") : null;
        Set<JsonValue.Text> identified = BundleReferences.identified(resource);
        for (JsonValue.Text each : BundleReferences.allIn(resource)) {
            String reference = each.value();
            if (each == own) {
                continue;
            }
            if (bundle != null && bundle.isEntrys(reference)) {
                if (bundle.find(reference) == null
                        && !(identified.contains(each) && !bundle.home().isNowhere())) {
                    defects.must(Reason.UNRESOLVABLE_REFERENCE);
                }
            } else if (bundle != null && bundle.home().isNowhere() && BundleReferences.isRelative(reference)) {
                defects.must(Reason.UNRESOLVABLE_REFERENCE);
            } else if (reference.startsWith("#") && contained(reference.substring(1), resource) == null) {
                defects.may(Reason.UNRESOLVABLE_REFERENCE);
            }
            if (!isOrdinary(reference)) {
                defects.may(Reason.INVALID_REFERENCE);
            }
        }
    }

    /** The contained resource with this id; null when there is none. */
    static JsonValue.@Nullable Members contained(String id, JsonValue.Members resource) {
        return resource.objects("contained").stream()
                .filter(inner -> id.equals(inner.text("id")))
                .findFirst()
                .orElse(null);
    }

    /** FHIR allows more forms than these, which readers treat differently. */
    private static boolean isOrdinary(String reference) {
        Matcher withType = WITH_TYPE.matcher(reference);
        return (withType.matches() && ResourceTypeNames.NAMES.contains(withType.group(1)))
                || ABSOLUTE.matcher(reference).matches()
                || CONTAINED.matcher(reference).matches();
    }
}
