package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.topics.wire.ReportTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A Bundle around one entry, to re-key what has its name from the entry: a resource from another server, which itself
 * only has the id {@code 1}, from its address; a Patient that is created or updated by a search from the request; one
 * without any other name from the fullUrl. So is an Observation that only its report dates, with the report's time.
 */
final class BundleOfOne {

    private BundleOfOne() {}

    /**
     * Contains the entry's fullUrl and, if it has a search, its request, byte for byte as received.
     *
     * @param resource to write
     */
    static byte[] around(byte[] bytes, BundleEntry entry, byte[] resource) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream(resource.length + 256);
        BundleEntry.Named search = entry.named() != null && entry.named().isBySearch() ? entry.named() : null;
        String type = search == null ? "collection" : "batch";
        text("{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[{", bundle);
        if (entry.fullUrl() != Span.NONE) {
            text("\"fullUrl\":\"", bundle);
            bundle.write(bytes, Span.start(entry.fullUrl()), Span.length(entry.fullUrl()));
            text("\",", bundle);
        }
        text("\"resource\":", bundle);
        bundle.writeBytes(resource);
        if (search != null) {
            text(",\"request\":", bundle);
            bundle.write(bytes, search.from(), search.to() - search.from());
        }
        text("}]}", bundle);
        return bundle.toByteArray();
    }

    /**
     * Contains the address of a resource on another server as its self link, and the time of its report. It has no
     * fullUrl, because its references are resolved already.
     *
     * @param isLinked whether it is on another server
     * @param report null if it needs none
     * @param resource to write
     */
    static byte[] resolved(
            byte[] bytes, BundleEntry entry, boolean isLinked, @Nullable WrittenTime report, byte[] resource) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream(resource.length + 256);
        text("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{", bundle);
        if (report != null) {
            text(ReportTime.element(report.first(), report.last()) + ",", bundle);
        }
        if (isLinked) {
            text("\"link\":[{\"relation\":\"self\",\"url\":\"", bundle);
            long url = entry.self() == Span.NONE ? entry.fullUrl() : entry.self();
            bundle.write(bytes, Span.start(url), Span.length(url));
            text("\"}],", bundle);
        }
        text("\"resource\":", bundle);
        bundle.writeBytes(resource);
        text("}]}", bundle);
        return bundle.toByteArray();
    }

    private static void text(String ascii, ByteArrayOutputStream bundle) {
        bundle.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
