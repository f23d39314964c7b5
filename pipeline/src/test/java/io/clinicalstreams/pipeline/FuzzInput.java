package io.clinicalstreams.pipeline;

import java.util.function.IntUnaryOperator;

/** Choices that a fuzzer's bytes make; 0 when there are no more bytes. */
public final class FuzzInput implements IntUnaryOperator {

    private final byte[] bytes;
    private int next;

    public FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int applyAsInt(int below) {
        int value = octet();
        for (int most = 256; most < below; most <<= 8) {
            value = value << 8 | octet();
        }
        return Math.floorMod(value, below);
    }

    private int octet() {
        return next < bytes.length ? bytes[next++] & 0xff : 0;
    }
}
