package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.topics.wire.Coordinates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The description that replaces a value too large for quarantine: its coordinates, length and SHA-256. */
final class OmittedValue {

    private OmittedValue() {}

    static byte[] describe(Coordinates origin, byte[] value) {
        return "{\"origin\":\"%s\",\"length\":%d,\"sha256\":\"%s\"}"
                .formatted(origin, value.length, sha256(value))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }
}
