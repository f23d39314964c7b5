package io.clinicalstreams.application.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.application.Figures;
import io.clinicalstreams.application.Load;
import io.clinicalstreams.application.Recovery;
import io.clinicalstreams.application.TestSystem;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@link Fault} strikes an installation under load. {@code mvn verify} runs some; {@code mvn -Pfaults verify} runs all,
 * more often, and writes what it measured into the table of the README.
 */
@Tag("broker")
@Tag("alone")
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {

    private static final String CHOSEN = System.getProperty("clinical.faults", "");
    private static final String ALL = "all";
    private static final Within IN_VERIFY = Within.seconds(45);
    private static final int RATE = 150;
    private static final int UP_TO_TWO_SECONDS_OF_OUTPUT = 2 * RATE;
    private static final int WARM = 40 * RATE;
    private static final int PATIENTS = 2_000;
    private static final double CRITICAL = 0.2;

    /** Few: one installation has several faults, and a patient with mis-keyed records has more than one possible end state. */
    private static final double MISKEYED = 0.02;

    /** Enough for each way to mis-key one in a few seconds. */
    private static final double BUNDLES = 0.1;

    private static final long SEED = 20_261_127;

    @TempDir
    private static Path folder;

    private @Nullable Installation running;
    private boolean isWhole;
    private int started;
    private int faults;

    static Stream<Fault> faults() {
        return Stream.of(Fault.values())
                .filter(fault -> CHOSEN.isEmpty()
                        ? fault.runs().inVerify() > 0
                        : CHOSEN.equals(ALL) || fault.name().matches(CHOSEN));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void losesNothingDoublesNothingAndAlertsAgain(Fault fault) {
        Installation on = installation(fault.shape());
        isWhole = false;
        List<Duration> recoveries = under(fault, on);
        isWhole = true;

        Figures.recovery(fault.name(), recoveries);
        if (!CHOSEN.isEmpty()) {
            FaultTable.IN_README.record(fault, Recoveries.of(recoveries));
        }
        assertThat(Recoveries.of(recoveries))
                .as("median and longest of %s; promised: %s", recoveries, within(fault))
                .matches(within(fault)::holds);
    }

    /** The build's machine may be busy with anything: what it promises is measured with {@code -Pfaults}. */
    private static Within within(Fault fault) {
        return CHOSEN.isEmpty() ? IN_VERIFY : fault.within();
    }

    private static List<Duration> under(Fault fault, Installation on) {
        Random random = new Random(SEED);
        List<Duration> recoveries = new ArrayList<>();
        TestSystem system = on.system();
        int times = CHOSEN.isEmpty() ? fault.runs().inVerify() : fault.runs().inAll();
        on.awaitWhole();
        try (Recovery recovery = on.watch();
                Load load = system.load(
                        Scenario.of("everything")
                                .withSeed(SEED + fault.name().hashCode())
                                .withPatients(PATIENTS)
                                .with(Map.of(
                                        Share.CRITICAL, CRITICAL,
                                        Share.MALFORMED, 0.01,
                                        Share.MISKEYED, MISKEYED,
                                        Share.BUNDLES, BUNDLES)),
                        RATE)) {
            if (!CHOSEN.isEmpty()) {
                // Brokers and instances that have just started compete for the cores with their own compilers.
                recovery.awaitMore(WARM);
            }
            for (int time = 0; time < times; time++) {
                recovery.awaitMore(1 + random.nextInt(UP_TO_TWO_SECONDS_OF_OUTPUT));
                Struck struck = fault.strike().on(on, time);
                recoveries.add(recovery.since(struck.since(), TopicNames.ALERT_GENERATED));
                struck.mend().run();
                on.awaitWhole();
            }
            assertThat(load.isFlowing()).isTrue();
            system.stop(load);
        }
        system.verdict();
        return recoveries;
    }

    /**
     * Measured faults come with more input each. A verdict on all of it requires fewer alerts the more patients have had
     * a mis-keyed record, so it would begin to pass anything.
     */
    private static int mostFaults() {
        return CHOSEN.isEmpty() ? Integer.MAX_VALUE : 4;
    }

    /** That of the fault before, if it has the same shape and passed. */
    private Installation installation(Shape shape) {
        Installation before = running;
        if (isWhole && before != null && before.shape() == shape && faults < mostFaults()) {
            faults++;
            return before;
        }
        end();
        faults = 1;
        started++;
        Installation next = Installation.start(shape, folder.resolve("installation-" + started), !CHOSEN.isEmpty());
        running = next;
        return next;
    }

    @AfterAll
    void end() {
        Installation last = running;
        if (last != null) {
            last.close();
            running = null;
        }
    }
}
