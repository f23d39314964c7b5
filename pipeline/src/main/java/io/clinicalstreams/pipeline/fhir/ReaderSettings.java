package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.topics.wire.PatientKeys;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * What the reader has to know of the hospital.
 *
 * @param baseUrls FHIR servers whose {@code <base>/Patient/1} is our {@code Patient/1}; given with or without a last
 *     slash, kept the longest first, so that of two that a reference begins with the more precise one counts
 * @param zone where a date without time begins and ends
 */
public record ReaderSettings(Set<String> baseUrls, ZoneId zone) {

    public ReaderSettings {
        baseUrls = PatientKeys.ordered(baseUrls);
    }

    /** No base URL, days end in UTC. */
    public static ReaderSettings defaults() {
        return new ReaderSettings(Set.of(), ZoneOffset.UTC);
    }
}
