package io.clinicalstreams.pipeline.fhir;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the reader has to know of the hospital.
 *
 * @param baseUrls FHIR servers whose {@code <base>/Patient/1} is our {@code Patient/1}; with or without a last slash
 * @param zone where a date without time ends
 */
public record ReaderSettings(Set<String> baseUrls, ZoneId zone) {

    public ReaderSettings {
        Set<String> withSlash = new LinkedHashSet<>();
        for (String url : baseUrls) {
            if (!url.contains("://")) {
                throw new IllegalArgumentException("base-urls: not an absolute URL: " + url);
            }
            withSlash.add(url.endsWith("/") ? url : url + "/");
        }
        baseUrls = Set.copyOf(withSlash);
    }

    /** No base URL, days end in UTC. */
    public static ReaderSettings defaults() {
        return new ReaderSettings(Set.of(), ZoneOffset.UTC);
    }
}
