package io.clinicalstreams.loadgen.generate;

import java.time.Instant;
import java.util.Locale;

/** Prints how long a record takes to generate. Not a test: a number on a shared machine proves nothing. */
public final class GeneratorSpeed {

    private static final int RECORDS = 1_000_000;
    private static final int ROUNDS = 5;

    private GeneratorSpeed() {}

    public static void main(String[] arguments) {
        Generator generator = new Generator(GeneratorSettings.plain(1, GeneratorSettings.DEFAULT_PATIENTS), 6);
        Instant at = Instant.parse("2026-03-01T08:00:00Z");
        for (int round = 0; round < ROUNDS; round++) {
            long bytes = 0;
            long start = System.nanoTime();
            for (int i = 0; i < RECORDS; i++) {
                bytes += generator.next(at.plusNanos(i * 1_000L)).outgoing().size();
            }
            double micros = (System.nanoTime() - start) / 1e3;
            System.out.println(String.format(
                    Locale.ROOT, "%.2f us a record, %.0f bytes a record", micros / RECORDS, (double) bytes / RECORDS));
        }
    }
}
