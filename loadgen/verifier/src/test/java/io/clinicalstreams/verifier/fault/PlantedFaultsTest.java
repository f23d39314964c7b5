package io.clinicalstreams.verifier.fault;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.verifier.RunVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault, planted into the real lanes, turns exactly the checks red that its table names. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedFaultsTest {

    private static final int RECORDS = 1_000;
    private static final List<Generated> INPUT = LanesInMemory.input(RECORDS, 20_261_127, 0);
    private static final List<Generated> MERGES = MergesInMemoryTest.input();

    @Test
    void withoutAFaultEveryCheckHolds() {
        LanesInMemory lanes = LanesInMemory.run(INPUT, null);
        RunVerdict verdict = lanes.verdict();

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.checks()).extracting(CheckResult::verdict).containsOnly(CheckResult.Verdict.HELD);
        assertThat(red(lanes, verdict)).isEmpty();
        assertThat(verdict.alerts().raised()).isGreaterThan(30);
        assertThat(verdict.alerts().resolved()).isGreaterThan(10);
        assertThat(lanes.registry
                        .find("clinical.alerts")
                        .tag("transition", "ended")
                        .counters())
                .anyMatch(counter -> counter.count() > 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyCheckHoldsForOtherInputToo(long seed) {
        assertThat(LanesInMemory.run(LanesInMemory.input(RECORDS / 2, seed, 0.01), null)
                        .verdict()
                        .broken())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("firstOfEachKind")
    void turnsTheseChecksRed(PlantedFault fault) {
        LanesInMemory lanes = LanesInMemory.run(fault.needsMerges() ? MERGES : INPUT, new Plant(fault));
        RunVerdict verdict = lanes.verdict();

        assertThat(red(lanes, verdict)).as(String.join("\n", verdict.broken())).isEqualTo(fault.red());
    }

    @ParameterizedTest
    @MethodSource("others")
    @Tag("exhaustive")
    void soDoesEachOtherOfItsKind(PlantedFault fault) {
        turnsTheseChecksRed(fault);
    }

    /** Those of one kind are in one step and turn the same checks red. */
    static Collection<PlantedFault> firstOfEachKind() {
        return inMemory()
                .collect(toMap(fault -> List.of(fault.step(), fault.red()), fault -> fault, (first, other) -> first))
                .values();
    }

    static Stream<PlantedFault> others() {
        Collection<PlantedFault> first = firstOfEachKind();
        return inMemory().filter(fault -> !first.contains(fault));
    }

    private static Stream<PlantedFault> inMemory() {
        return Stream.of(PlantedFault.values()).filter(fault -> !fault.step().equals(PlantedFault.Step.BROKER));
    }

    @Test
    void theReadmeHasTheTable() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("project.root"), "loadgen/verifier/README.md"));

        assertThat(readme)
                .contains(
                        Stream.of(PlantedFault.values()).map(PlantedFault::row).collect(joining("\n")));
    }

    private static Set<String> red(LanesInMemory lanes, RunVerdict verdict) {
        Set<String> red = new TreeSet<>();
        verdict.checks().stream()
                .filter(check -> check.verdict() == CheckResult.Verdict.NOT_HELD)
                .forEach(check -> red.add(check.name()));
        Map<String, Long> counted = new HashMap<>();
        lanes.registry
                .find("clinical.resources.rejected")
                .counters()
                .forEach(counter -> counted.put(counter.getId().getTag("reason"), (long) counter.count()));
        counted.values().removeIf(count -> count == 0);
        if (!counted.equals(verdict.resources().rejected())) {
            red.add(PlantedFault.Check.COUNTED);
        }
        return red;
    }
}
