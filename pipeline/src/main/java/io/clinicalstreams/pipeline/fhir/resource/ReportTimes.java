package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The times of the DiagnosticReports of one Bundle, by the references of their results. */
public final class ReportTimes {

    private final Map<String, WrittenTime> byResult = new HashMap<>();

    /** Of several reports of a result the latest counts, in whatever order they come. */
    void add(String result, WrittenTime time) {
        byResult.merge(result, time, (one, other) -> other.last().isAfter(one.last()) ? other : one);
    }

    /**
     * The time of an Observation's report; null if no report has it among its results.
     *
     * @param fullUrl of its entry; null if there is none
     * @param reference {@code Observation/id}, or its address on another server; null if there is no id
     */
    public @Nullable WrittenTime of(@Nullable String fullUrl, @Nullable String reference) {
        WrittenTime byUrl = fullUrl == null ? null : byResult.get(fullUrl);
        WrittenTime byReference = reference == null ? null : byResult.get(reference);
        boolean isByReference =
                byUrl == null || (byReference != null && byReference.last().isAfter(byUrl.last()));
        return isByReference ? byReference : byUrl;
    }
}
