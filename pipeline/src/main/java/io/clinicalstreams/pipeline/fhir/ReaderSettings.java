package io.clinicalstreams.pipeline.fhir;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the reader has to know of the hospital.
 *
 * @param baseUrls FHIR servers whose {@code <base>/Patient/1} is our {@code Patient/1}; given with or without a last
 *     slash, kept the longest first, so that of two that a reference begins with the more precise one counts
 * @param zone where a date without time begins and ends
 */
public record ReaderSettings(Set<String> baseUrls, ZoneId zone) {

    public ReaderSettings {
        Set<String> withSlash = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String url : baseUrls) {
            if (!url.contains("://")) {
                throw new IllegalArgumentException("base-urls: not an absolute URL: " + url);
            }
            withSlash.add(url.endsWith("/") ? url : url + "/");
        }
        baseUrls = Collections.unmodifiableSet(withSlash);
    }

    /** No base URL, days end in UTC. */
    public static ReaderSettings defaults() {
        return new ReaderSettings(Set.of(), ZoneOffset.UTC);
    }
}
