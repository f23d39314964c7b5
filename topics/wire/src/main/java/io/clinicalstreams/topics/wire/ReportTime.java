package io.clinicalstreams.topics.wire;

import java.time.Instant;

/**
 * The time of an Observation's DiagnosticReport, as an extension of the Bundle entry that the Observation is re-keyed in,
 * without its report.
 */
public final class ReportTime {

    public static final String URL = "https://clinical-streams.io/fhir/report-time";

    private ReportTime() {}

    /** The entry's element, as JSON. */
    public static String element(Instant first, Instant last) {
        return "\"extension\":[{\"url\":\"" + URL + "\",\"valuePeriod\":{\"start\":\"" + first + "\",\"end\":\"" + last
                + "\"}}]";
    }
}
