package io.clinicalstreams.pipeline.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Prints what reading one realistic Observation costs on one thread, beside Jackson's streaming parser that only steps
 * over the tokens. Not a test: run {@code main}.
 */
final class ReaderBenchmark {

    private static final int OBSERVATIONS = 5_000;
    private static final int PASSES = 8;
    private static final int ROUNDS = 15;

    private ReaderBenchmark() {}

    public static void main(String[] args) {
        List<byte[]> observations = RealisticObservations.of(OBSERVATIONS, 1);
        long bytes = observations.stream().mapToLong(o -> o.length).sum();
        System.out.printf(Locale.ROOT, "%d Observations of %d bytes, us each%n", OBSERVATIONS, bytes / OBSERVATIONS);
        ResourceReader routing = new ResourceReader(ReaderSettings.defaults(), Depth.ROUTING);
        ResourceReader clinical = new ResourceReader(ReaderSettings.defaults(), Depth.CLINICAL);
        JsonFactory jackson = new JsonFactory();
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            sum += run(observations, o -> routing.read(o).size());
            long routed = System.nanoTime();
            sum += run(observations, o -> clinical.read(o).size());
            long read = System.nanoTime();
            sum += run(observations, o -> tokens(jackson, o));
            long tokens = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "routing %.2f  clinical %.2f  jackson's tokens %.2f%n",
                    each(routed - start),
                    each(read - routed),
                    each(tokens - read));
        }
        System.out.printf(Locale.ROOT, "(%d)%n", sum);
    }

    private static double each(long nanos) {
        return nanos / 1000.0 / OBSERVATIONS / PASSES;
    }

    private static long run(List<byte[]> observations, ToIntFunction<byte[]> reading) {
        long sum = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            for (byte[] observation : observations) {
                sum += reading.applyAsInt(observation);
            }
        }
        return sum;
    }

    private static int tokens(JsonFactory jackson, byte[] observation) {
        try (JsonParser parser = jackson.createParser(observation)) {
            int count = 0;
            while (parser.nextToken() != null) {
                count++;
            }
            return count;
        } catch (IOException impossible) {
            throw new IllegalStateException("the observations are valid");
        }
    }
}
