package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.json.Span;
import java.nio.charset.StandardCharsets;

/**
 * A Bundle around one entry. A Patient from another server is re-keyed in one: the Patient itself only has the id
 * {@code 1}, and the fullUrl names its server.
 */
final class BundleOfOne {

    private static final byte[] BEFORE_URL =
            ascii("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":\"");
    private static final byte[] BEFORE_RESOURCE = ascii("\",\"resource\":");
    private static final byte[] BEHIND = ascii("}]}");

    private BundleOfOne() {}

    /** Contains the entry's fullUrl and resource, byte for byte as received. */
    static byte[] around(byte[] bytes, BundleEntry entry) {
        int url = Span.length(entry.fullUrl());
        int resource = entry.to() - entry.from();
        byte[] bundle = new byte[BEFORE_URL.length + url + BEFORE_RESOURCE.length + resource + BEHIND.length];
        int at = put(BEFORE_URL, 0, BEFORE_URL.length, bundle, 0);
        at = put(bytes, Span.start(entry.fullUrl()), url, bundle, at);
        at = put(BEFORE_RESOURCE, 0, BEFORE_RESOURCE.length, bundle, at);
        at = put(bytes, entry.from(), resource, bundle, at);
        put(BEHIND, 0, BEHIND.length, bundle, at);
        return bundle;
    }

    private static int put(byte[] source, int from, int length, byte[] target, int at) {
        System.arraycopy(source, from, target, at, length);
        return at + length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
