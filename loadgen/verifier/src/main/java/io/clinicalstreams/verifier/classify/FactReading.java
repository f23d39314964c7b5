package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the facts that alerts depend on from a classified resource. */
final class FactReading {

    private static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    private final FhirTimes times;

    /** @param zone the time zone for days without a time */
    FactReading(ZoneId zone) {
        times = new FhirTimes(zone);
    }

    /** @return null when alerts do not depend on the resource */
    @Nullable
    Fact of(RecordExpectations.Classified classified) {
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
                    times.effective(resource),
                    times.moment(resource.text("issued")),
                    Stream.concat(Stream.of(resource), resource.objects("component").stream())
                            .map(measured -> ObservedResult.of(measured, resource))
                            .toList());
        }
        LocalDate birth =
                "Patient".equals(classification.ignoredAs()) ? FhirTimes.firstDay(resource.text("birthDate")) : null;
        return birth == null
                ? null
                : new Fact.Introduced(expected.origin(), subject.key(), rekeyed, certain, at, expected.sentAt(), birth);
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
        String id = resource.text("id");
        ServiceBase place = bundle == null ? ServiceBase.OURS : bundle.place();
        if (id != null && !place.isNowhere()) {
            return place.isOurs() ? id : place.root() + "Observation/" + id;
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
