package io.clinicalstreams.pipeline.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of reading one realistic Observation on one thread, compared with Jackson's parser, which only skips the
 * tokens.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ReaderBenchmark {

    private static final int OBSERVATIONS = 5_000;

    private final List<byte[]> observations = RealisticObservations.of(OBSERVATIONS, 1);
    private final ResourceReader routing = new ResourceReader(FhirSettings.DEFAULT, Depth.ROUTING);
    private final ResourceReader clinical = new ResourceReader(FhirSettings.DEFAULT, Depth.CLINICAL);
    private final ResourceReader full =
            new ResourceReader(new FhirSettings(null, null, Validation.FULL), Depth.ROUTING);
    private final JsonFactory jackson = new JsonFactory();
    private int next;

    @Benchmark
    public Object routing() {
        return routing.read(observation());
    }

    @Benchmark
    public Object clinical() {
        return clinical.read(observation());
    }

    /** Like {@link #routing}, and every element is checked. */
    @Benchmark
    public Object full() {
        return full.read(observation());
    }

    @Benchmark
    public int tokensOfJackson() throws IOException {
        try (JsonParser parser = jackson.createParser(observation())) {
            int count = 0;
            while (parser.nextToken() != null) {
                count++;
            }
            return count;
        }
    }

    /** A different one each time, as in a topic. */
    private byte[] observation() {
        next = next + 1 == OBSERVATIONS ? 0 : next + 1;
        return observations.get(next);
    }
}
