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

    private final FhirTimes times;

    /** @param zone the time zone for days without a time */
    FactReading(ZoneId zone) {
        times = new FhirTimes(zone);
    }

    /** @return null when alerts do not depend on the resource */
    @Nullable
    Fact of(Expected expected, Classification classification, JsonValue.Members resource, Instant at) {
        SubjectOutcome subject = classification.subject();
        boolean otherwiseBad = expected.mustBeRejected() && !expected.reasons().contains(Reason.TOO_LARGE);
        if (subject == null || subject.key().isEmpty() || otherwiseBad) {
            return null;
        }
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
                    identity(expected, resource),
                    String.valueOf(resource.text("status")),
                    times.effective(resource),
                    times.moment(resource.text("issued")),
                    Stream.concat(Stream.of(resource), resource.objects("component").stream())
                            .map(ObservedResult::of)
                            .toList());
        }
        LocalDate birth =
                "Patient".equals(classification.ignoredAs()) ? FhirTimes.firstDay(resource.text("birthDate")) : null;
        return birth == null
                ? null
                : new Fact.Introduced(expected.origin(), subject.key(), rekeyed, certain, at, birth);
    }

    private static String identity(Expected expected, JsonValue.Members resource) {
        String id = resource.text("id");
        if (id != null) {
            return id;
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
