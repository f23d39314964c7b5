package io.clinicalstreams.loadgen.generate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a Bundle around the bytes of resources. */
final class BundleWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
    private int entries;

    BundleWriter(String type) {
        write("{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[");
    }

    /**
     * @param fullUrl {@code urn:uuid:...}; other entries may refer to it
     * @param type the resource's type, for the request that a transaction requires
     */
    BundleWriter entry(String fullUrl, byte[] resource, String type) {
        write((entries == 0 ? "" : ",") + "{\"fullUrl\":\"" + fullUrl + "\",\"resource\":");
        bytes.writeBytes(resource);
        write(",\"request\":{\"method\":\"POST\",\"url\":\"" + type + "\"}}");
        entries++;
        return this;
    }

    byte[] end() {
        write("]}");
        return bytes.toByteArray();
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
