package io.clinicalstreams.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MachineCpuTest {

    /** user, nice, system, idle, waiting, interrupts, soft interrupts, stolen, guest, guest nice */
    private static final String BEFORE = "cpu  1000 0 200 5000 100 10 20 0 300 0";

    @Test
    void countsWhatOthersTookOfAllCores() {
        MachineCpu start = MachineCpu.of(BEFORE, 900);
        MachineCpu end = MachineCpu.of("cpu  1500 100 300 5250 120 10 50 0 900 0", 1_400);

        assertThat(end.othersSince(start).getAsDouble()).isEqualTo((730 - 500) / 1_000.0, within(1e-9));
    }

    @Test
    void aMachineOfOurOwnIsNotNegative() {
        MachineCpu start = MachineCpu.of(BEFORE, 0);
        MachineCpu end = MachineCpu.of("cpu  1099 0 200 5000 100 10 20 0 300 0", 100);

        assertThat(end.othersSince(start)).hasValue(0);
    }

    @Test
    void isUnknownOnAnotherSystem() {
        assertThat(MachineCpu.of("", 5).othersSince(MachineCpu.of("", 2))).isEmpty();
    }
}
