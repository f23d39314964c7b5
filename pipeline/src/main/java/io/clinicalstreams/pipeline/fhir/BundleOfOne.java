package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.json.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A Bundle around one entry, to re-key what has its name from the entry: a resource from another server, which itself
 * only has the id {@code 1}, from its address; a Patient that is created or updated by a search from the request; one
 * without any other name from the fullUrl.
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
     * Contains the address of a resource on another server as its self link. It has no fullUrl, because its references
     * are resolved already.
     *
     * @param resource to write
     */
    static byte[] linked(byte[] bytes, BundleEntry entry, byte[] resource) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream(resource.length + 256);
        text(
                "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"link\":[{\"relation\":\"self\",\"url\":\"",
                bundle);
        long url = entry.self() == Span.NONE ? entry.fullUrl() : entry.self();
        bundle.write(bytes, Span.start(url), Span.length(url));
        text("\"}],\"resource\":", bundle);
        bundle.writeBytes(resource);
        text("}]}", bundle);
        return bundle.toByteArray();
    }

    private static void text(String ascii, ByteArrayOutputStream bundle) {
        bundle.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
