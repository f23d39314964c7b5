package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.ReportTime;
import io.clinicalstreams.verifier.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The times of the DiagnosticReports of one Bundle, by what their results may be called. */
final class ReportedTimes {

    private static final List<String> EFFECTIVE =
            List.of("effectiveDateTime", "effectiveInstant", "effectivePeriod", "effectiveTiming");
    private static final int DAY = "2026-01-01".length();

    private final FhirTimes times;
    private final List<String> baseUrls;
    private final Map<String, When> byResult = new HashMap<>();

    /** @param baseUrls our own servers, each with a slash at the end, the longest first */
    ReportedTimes(ZoneId zone, List<String> baseUrls) {
        this.times = new FhirTimes(zone);
        this.baseUrls = baseUrls;
    }

    /** Notes the time of a DiagnosticReport for its results. */
    void add(JsonValue.Members report, BundleReferences bundle) {
        When effective = times.effective(report);
        Instant issued = times.instant(report.text("issued"));
        When time = effective != null && effective.toTheDay()
                ? effective
                : issued == null ? null : new When(issued, issued, true);
        if (time == null) {
            return;
        }
        report.objects("result").stream()
                .map(result -> result.text("reference"))
                .filter(Objects::nonNull)
                .flatMap(reference -> meant(reference, bundle).stream())
                .forEach(name ->
                        byResult.merge(name, time, (one, other) -> other.to().isAfter(one.to()) ? other : one));
    }

    /** The fullUrl, or {@code Type/id} on our own servers, that a reference means. */
    private Set<String> meant(String reference, BundleReferences bundle) {
        Set<String> meant = new HashSet<>();
        if (!BundleReferences.isRelative(reference)) {
            meant.add(reference);
        }
        meant.add(bundle.outside(reference));
        baseUrls.stream()
                .filter(reference::startsWith)
                .findFirst()
                .ifPresent(ours -> meant.add(reference.substring(ours.length())));
        return meant;
    }

    /** The time of the report of an Observation that may have none of its own; null for others. */
    @Nullable
    When of(JsonValue.Members resource, BundleReferences bundle) {
        if (!"Observation".equals(resource.text("resourceType")) || isDated(resource)) {
            return null;
        }
        return Stream.of(Optional.ofNullable(bundle.fullUrl()), Optional.ofNullable(reference(resource, bundle)))
                .flatMap(Optional::stream)
                .map(byResult::get)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(When::to))
                .orElseGet(() -> given(bundle.extensions()));
    }

    /** Whether it says by a dateTime or an instant on which day it was true, or only when it was issued. */
    private static boolean isDated(JsonValue.Members observation) {
        String dateTime = observation.text("effectiveDateTime");
        boolean isIssued = observation.has("issued") && EFFECTIVE.stream().noneMatch(observation::has);
        return isIssued || observation.has("effectiveInstant") || (dateTime != null && dateTime.length() >= DAY);
    }

    /** The time that a re-keyed Observation's entry has instead of the report. */
    private @Nullable When given(List<JsonValue.Members> extensions) {
        return extensions.stream()
                .filter(extension -> ReportTime.URL.equals(extension.text("url")))
                .flatMap(extension -> Stream.ofNullable(extension.object("valuePeriod")))
                .map(period -> FhirTimes.period(times.when(period.text("start")), times.when(period.text("end"))))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** By its id or, on another server, its URL; null when it has neither. */
    static @Nullable String reference(JsonValue.Members observation, BundleReferences bundle) {
        ServiceBase place = bundle.place();
        if (place.isNowhere()) {
            return null;
        }
        String id = observation.text("id");
        String observations = place.root() + "Observation/";
        if (id != null) {
            return observations + id;
        }
        return !place.isOurs() && bundle.url().startsWith(observations) ? bundle.url() : null;
    }
}
