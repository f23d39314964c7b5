package io.clinicalstreams.pipeline.fhir.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK's decoder is the oracle. */
class Utf8Test {

    /** For all sequences: a new decoder and an exception for each took most of the time. */
    private static final CharsetDecoder JDK = StandardCharsets.UTF_8.newDecoder();

    private static final CharBuffer DECODED = CharBuffer.allocate(1_000);

    @Test
    void everySequenceOfThreeBytesIsJudgedAsTheJdkDoes() {
        byte[] sequence = new byte[3];
        int differences = 0;
        for (int i = 0; i < 1 << 24; i++) {
            // Only a few classes of bytes matter: every first byte, and a grid of the others.
            int second = (i >> 8) & 0xFF;
            int third = i & 0xFF;
            if (isWithin(second % 16) || isWithin(third % 16)) {
                continue;
            }
            sequence[0] = (byte) (i >> 16);
            sequence[1] = (byte) second;
            sequence[2] = (byte) third;
            differences += Utf8.isValid(sequence) == jdk(sequence) ? 0 : 1;
        }
        assertThat(differences).isZero();
    }

    @Test
    void everyKindOfSequenceOfFourBytesIsJudgedAsTheJdkDoes() {
        int[] edges = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
        for (int first = 0xEF; first <= 0xF8; first++) {
            for (int second = 0; second <= 0xFF; second++) {
                for (int third : edges) {
                    for (int fourth : edges) {
                        byte[] sequence = {(byte) first, (byte) second, (byte) third, (byte) fourth};
                        assertThat(Utf8.isValid(sequence))
                                .as(HexFormat.of().formatHex(sequence))
                                .isEqualTo(jdk(sequence));
                    }
                }
            }
        }
    }

    @Test
    void mutatedTextIsJudgedAsTheJdkDoes() {
        Random random = new Random(7);
        byte[] text = "Größe 37 °C, 体温, 🩺 and a longer run of ASCII to step over eight at a time"
                .getBytes(StandardCharsets.UTF_8);
        int invalid = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] mutated = Arrays.copyOf(text, 1 + random.nextInt(text.length));
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            boolean valid = jdk(mutated);
            invalid += valid ? 0 : 1;
            assertThat(Utf8.isValid(mutated)).isEqualTo(valid);
        }
        assertThat(invalid).isBetween(20_000, 80_000);
    }

    private static boolean isWithin(int lowBits) {
        return lowBits > 1 && lowBits < 14;
    }

    private static boolean jdk(byte[] bytes) {
        DECODED.clear();
        CoderResult end = JDK.reset().decode(ByteBuffer.wrap(bytes), DECODED, true);
        assertThat(end.isOverflow()).isFalse();
        return end.isUnderflow() && JDK.flush(DECODED).isUnderflow();
    }
}
