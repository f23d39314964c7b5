package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.json.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A Bundle around one entry. A Patient from another server is re-keyed in one: the Patient itself only has the id
 * {@code 1}, and the fullUrl names its server.
 */
final class BundleOfOne {

    private static final byte[] BEFORE_URL =
            ascii("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":\"");
    private static final byte[] BEFORE_RESOURCE = ascii("\",\"resource\":");
    private static final byte[] AFTER_RESOURCE = ascii("}]}");

    private BundleOfOne() {}

    /** Contains the entry's fullUrl and resource, byte for byte as received. */
    static byte[] around(byte[] bytes, BundleEntry entry) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        bundle.writeBytes(BEFORE_URL);
        bundle.write(bytes, Span.start(entry.fullUrl()), Span.length(entry.fullUrl()));
        bundle.writeBytes(BEFORE_RESOURCE);
        bundle.write(bytes, entry.from(), entry.to() - entry.from());
        bundle.writeBytes(AFTER_RESOURCE);
        return bundle.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
