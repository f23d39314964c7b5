package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonValue;
import io.clinicalstreams.verifier.source.RecordedType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from a classified resource what alerts depend on. */
final class FactReading {

    private final FhirTimes times;

    /** @param zone where a day without time ends */
    FactReading(ZoneId zone) {
        times = new FhirTimes(zone);
    }

    /** @return null when alerts do not depend on the resource */
    @Nullable
    Fact of(Expected expected, Classification classification, JsonValue.Members resource, Instant at) {
        SubjectOutcome subject = classification.subject();
        if (subject == null || subject.key().isEmpty()) {
            return null;
        }
        boolean tooLarge = expected.mustBeRejected() && expected.reasons().contains(Reason.TOO_LARGE);
        if (expected.mustBeRejected() && !tooLarge) {
            return null;
        }
        boolean rekeyed = expected.rekeying() == Rekeying.YES;
        boolean certain =
                expected.rekeying() != Rekeying.OPEN && expected.reasons().isEmpty();
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
                    measured(resource));
        }
        LocalDate birth =
                "Patient".equals(classification.ignoredAs()) ? FhirTimes.firstDay(resource.text("birthDate")) : null;
        return birth == null ? null : new Fact.Introduced(expected.origin(), subject.key(), rekeyed, certain, birth);
    }

    private static String identity(Expected expected, JsonValue.Members resource) {
        String id = resource.text("id");
        if (id != null) {
            return id;
        }
        if (resource.get("identifier") instanceof JsonValue.Items identifiers
                && !identifiers.values().isEmpty()
                && identifiers.values().get(0) instanceof JsonValue.Members first
                && first.text("value") != null) {
            String system = first.text("system");
            return (system == null ? "" : system) + '|' + first.text("value");
        }
        return expected.origin().toString();
    }

    private static List<ObservedResult> measured(JsonValue.Members observation) {
        List<ObservedResult> all = new ArrayList<>();
        all.add(ObservedResult.of(observation));
        if (observation.get("component") instanceof JsonValue.Items components) {
            for (JsonValue each : components.values()) {
                if (each instanceof JsonValue.Members component) {
                    all.add(ObservedResult.of(component));
                }
            }
        }
        return all;
    }
}
