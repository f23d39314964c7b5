package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the facts that alerts depend on from a classified resource. */
final class FactReading {

    private static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    private static final Set<String> STAYS = Set.of("IMP", "ACUTE", "NONAC", "SS", "EMER", "OBSENC");
    private static final Set<String> PRESENT = Set.of("arrived", "triaged", "in-progress");

    private final FhirTimes times;

    /** @param zone the time zone for days without a time */
    FactReading(ZoneId zone) {
        times = new FhirTimes(zone);
    }

    /** Of one record's resources, in their order. An Observation without a time has that of its report. */
    List<Fact> of(List<RecordExpectations.Classified> record) {
        List<Fact> facts = new ArrayList<>();
        for (RecordExpectations.Classified each : record) {
            Fact fact = of(each);
            if (fact != null) {
                facts.add(fact instanceof Fact.Observed observed ? observed.reportedAt(each.reported()) : fact);
            }
            Fact linked = linked(each);
            if (linked != null) {
                facts.add(linked);
            }
        }
        return facts;
    }

    /** @return null when alerts do not depend on the resource */
    private @Nullable Fact of(RecordExpectations.Classified classified) {
        Expected expected = classified.expected();
        Classification classification = classified.classification();
        JsonValue.Members resource = classified.resource();
        SubjectOutcome subject = classification.subject();
        boolean otherwiseBad = expected.mustBeRejected() && !expected.reasons().contains(Reason.TOO_LARGE);
        if (resource == null || subject == null || subject.key().isEmpty() || otherwiseBad) {
            return null;
        }
        Instant at = Instant.ofEpochMilli(expected.timestamp());
        boolean rekeyed = expected.rekeying() == Expected.Rekeying.YES;
        boolean certain = expected.rekeying() != Expected.Rekeying.OPEN
                && expected.reasons().isEmpty();
        JsonValue.Members meta = resource.object("meta");
        if (classification.destination() == RecordedType.OBSERVATION) {
            return new Fact.Observed(
                    expected.origin(),
                    subject.key(),
                    rekeyed,
                    certain,
                    at,
                    expected.sentAt(),
                    subject.text(),
                    encounter(resource, classified.bundle()),
                    isTestData(resource),
                    identity(expected, resource, classified.bundle()),
                    String.valueOf(resource.text("status")),
                    versionId(meta),
                    meta == null ? null : times.instant(meta.text("lastUpdated")),
                    times.effective(resource),
                    times.moment(resource.text("issued")),
                    Stream.concat(Stream.of(resource), resource.objects("component").stream())
                            .map(measured -> ObservedResult.of(measured, resource))
                            .toList());
        }
        if (classification.destination() == RecordedType.ENCOUNTER) {
            return stay(classified, resource, subject.key(), rekeyed, certain);
        }
        LocalDate birth =
                "Patient".equals(classification.ignoredAs()) ? FhirTimes.leadingDay(resource.text("birthDate")) : null;
        return birth == null
                ? null
                : new Fact.Introduced(
                        expected.origin(),
                        subject.key(),
                        rekeyed,
                        certain,
                        at,
                        expected.sentAt(),
                        birth,
                        versionId(meta),
                        meta == null ? null : times.instant(meta.text("lastUpdated")));
    }

    /** @return null when it is no Patient */
    private @Nullable Fact linked(RecordExpectations.Classified classified) {
        Expected expected = classified.expected();
        SubjectOutcome patient = classified.classification().subject();
        JsonValue.Members resource = classified.resource();
        if (!"Patient".equals(classified.classification().ignoredAs())
                || resource == null
                || patient == null
                || expected.mustBeRejected()) {
            return null;
        }
        SubjectOutcome other = classified.classification().replacedBy();
        long several = resource.objects("link").stream()
                .filter(link -> "replaced-by".equals(link.text("type")))
                .count();
        JsonValue.Members meta = resource.object("meta");
        return new Fact.Linked(
                expected.origin(),
                patient.key(),
                expected.rekeying() == Expected.Rekeying.YES,
                expected.rekeying() != Expected.Rekeying.OPEN
                        && expected.reasons().isEmpty(),
                Instant.ofEpochMilli(expected.timestamp()),
                expected.sentAt(),
                other == null ? null : several > 1 ? "" : other.key(),
                versionId(meta),
                meta == null ? null : times.instant(meta.text("lastUpdated")));
    }

    private @Nullable Fact stay(
            RecordExpectations.Classified classified,
            JsonValue.Members encounter,
            String patient,
            boolean rekeyed,
            boolean certain) {
        Expected expected = classified.expected();
        String id = encounterReference(encounter, classified.bundle());
        String status = encounter.text("status");
        JsonValue.Members kind = encounter.object("class");
        JsonValue.Members meta = encounter.object("meta");
        if (id == null || status == null || status.equals("unknown")) {
            return null;
        }
        boolean admits = kind != null && STAYS.contains(String.valueOf(kind.text("code")));
        return new Fact.Stay(
                expected.origin(),
                patient,
                rekeyed,
                certain,
                Instant.ofEpochMilli(expected.timestamp()),
                expected.sentAt(),
                id,
                admits,
                admits && PRESENT.contains(status),
                versionId(meta),
                meta == null ? null : times.instant(meta.text("lastUpdated")));
    }

    private static @Nullable String encounterReference(JsonValue.Members encounter, @Nullable BundleReferences bundle) {
        String id = encounter.text("id");
        if (id == null || bundle == null) {
            return id == null ? null : "Encounter/" + id;
        }
        return bundle.place().isNowhere() ? null : bundle.place().root() + "Encounter/" + id;
    }

    /** Null when it has more digits than a long surely holds. */
    private static @Nullable Long versionId(JsonValue.@Nullable Members meta) {
        String text = meta == null ? null : meta.text("versionId");
        return text != null && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    /** Null without a literal reference that means anything outside the resource. */
    private static @Nullable String encounter(JsonValue.Members resource, @Nullable BundleReferences bundle) {
        JsonValue.Members encounter = resource.object("encounter");
        String reference = encounter == null ? null : encounter.text("reference");
        if (reference == null || reference.startsWith("#")) {
            return null;
        }
        return bundle == null ? reference : bundle.outside(reference);
    }

    private static boolean isTestData(JsonValue.Members resource) {
        JsonValue.Members meta = resource.object("meta");
        return meta != null
                && meta.objects("security").stream()
                        .anyMatch(
                                label -> ACT_REASON.equals(label.text("system")) && "HTEST".equals(label.text("code")));
    }

    private static String identity(Expected expected, JsonValue.Members resource, @Nullable BundleReferences bundle) {
        boolean isOurs = bundle == null || bundle.place().isOurs();
        String named = bundle == null || isOurs ? resource.text("id") : ReportedTimes.reference(resource, bundle);
        if (named != null) {
            return named;
        }
        return resource.items("identifier").stream().findFirst().stream()
                .filter(JsonValue.Members.class::isInstance)
                .map(JsonValue.Members.class::cast)
                .filter(first -> first.text("value") != null)
                .map(first -> Objects.toString(first.text("system"), "") + '|' + first.text("value"))
                .findFirst()
                .orElseGet(() -> expected.origin().toString());
    }
}
