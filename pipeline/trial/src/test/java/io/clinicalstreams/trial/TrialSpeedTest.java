package io.clinicalstreams.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Evaluating against Jackson's parser, which only skips the tokens: by CPU time of one thread, so that other load counts
 * little. Reading alone is no measure, because it changes too: evaluating has to stay as fast when reading becomes faster.
 * 0.11 was measured with the first compiler only, beside other load.
 */
class TrialSpeedTest {

    private static final int ROUNDS = 6;
    private static final double AT_LEAST = 0.09;

    private final List<byte[]> documents = documents();
    private final ResourceReader reader =
            new LaneBlueprint(TrialInput.CATALOGUE, new CompositeMeterRegistry()).clinicalReader();

    private final JsonFactory jackson = new JsonFactory();
    private final RuleTable rules = TrialRules.of(List.of());

    /** So that no round reads without effect. */
    private long resources;

    @Test
    void evaluatesAtLeastAnEleventhAsFastAsJacksonParses() {
        double[] parsing = new double[ROUNDS];
        double[] reading = new double[ROUNDS];
        double[] evaluating = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            parsing[round] = cpuNanos(this::parse);
            reading[round] = cpuNanos(this::read);
            evaluating[round] = cpuNanos(this::evaluate);
        }

        // The first rounds compile.
        double ratio = median(parsing) / median(evaluating);
        System.out.printf(
                "parsing %.2f us, reading %.2f us, evaluating %.2f us each: evaluating at %.2f of parsing, %.2f of reading%n",
                median(parsing) / 1_000,
                median(reading) / 1_000,
                median(evaluating) / 1_000,
                ratio,
                median(reading) / median(evaluating));
        assertThat(ratio).isGreaterThanOrEqualTo(AT_LEAST);
        assertThat(resources).isPositive();
    }

    private void parse() {
        for (byte[] document : documents) {
            try (JsonParser parser = jackson.createParser(document)) {
                while (parser.nextToken() != null) {
                    resources++;
                }
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    private void read() {
        documents.forEach(document -> resources += reader.read(document).size());
    }

    private void evaluate() {
        AlertingTrial trial = new AlertingTrial(TrialInput.CATALOGUE, rules, TrialInput.NOW, alert -> resources++);
        documents.forEach(trial::take);
        assertThat(trial.end().isAccounted()).isTrue();
    }

    private double cpuNanos(Runnable work) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (double) (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / documents.size();
    }

    private static double median(double[] rounds) {
        double[] late = Arrays.copyOfRange(rounds, ROUNDS / 3, ROUNDS);
        Arrays.sort(late);
        return late[late.length / 2];
    }

    /** As the generator sends them by default, without what is malformed. */
    private static List<byte[]> documents() {
        Generator generator = new Generator(Scenario.plain(1, 1_000).with(Share.CRITICAL, 0.01), 1);
        return IntStream.range(0, 30_000)
                .mapToObj(i -> Objects.requireNonNull(
                        generator.next(TrialInput.START.plusMillis(100L * i)).value()))
                .toList();
    }
}
