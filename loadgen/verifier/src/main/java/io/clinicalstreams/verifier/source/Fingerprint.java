package io.clinicalstreams.verifier.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The first 128 bits of the SHA-256 of some bytes: enough to tell contents apart without keeping them. */
public record Fingerprint(long high, long low) {

    /** Of no bytes at all, as of a null key or value: it is told apart from empty ones. */
    public static final Fingerprint OF_NULL = new Fingerprint(0, 0);

    public static Fingerprint of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return OF_NULL;
        }
        return of(bytes, 0, bytes.length);
    }

    public static Fingerprint of(byte[] bytes, int from, int to) {
        MessageDigest sha256 = sha256();
        sha256.update(bytes, from, to - from);
        return of64(sha256.digest());
    }

    /** @param sha256 64 hex digits; anything else has no fingerprint */
    public static @Nullable Fingerprint ofHex(@Nullable String sha256) {
        if (sha256 == null || !sha256.matches("[0-9a-fA-F]{64}")) {
            return null;
        }
        return of64(HexFormat.of().parseHex(sha256));
    }

    private static Fingerprint of64(byte[] digest) {
        return new Fingerprint(number(digest, 0), number(digest, Long.BYTES));
    }

    private static long number(byte[] digest, int from) {
        long number = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            number = (number << Byte.SIZE) | (digest[i] & 0xff);
        }
        return number;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }
}
