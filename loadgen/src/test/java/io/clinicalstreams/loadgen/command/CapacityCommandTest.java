package io.clinicalstreams.loadgen.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.capacity.Attempt;
import io.clinicalstreams.loadgen.capacity.Capacity;
import io.clinicalstreams.loadgen.capacity.RateObjective;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CapacityCommandTest {

    private static final RateObjective OBJECTIVE = new RateObjective(Set.of("lane"), Map.of(), Map.of());
    private static final Capacity FOUND =
            new Capacity(List.of(new Attempt(500, List.of()), new Attempt(1_000, List.of("too much"))));

    /** The probe waits a minute for a cluster that went between two runs. */
    @ParameterizedTest
    @MethodSource("failures")
    void keepsWhatItFoundBeforeAFailure(Exception failure) throws Exception {
        String ended = CapacityCommand.whyEnded(() -> {
            throw failure;
        });
        CapacityText text = new CapacityText(FOUND, OBJECTIVE, ended, List.of());

        assertThat(ended).isEqualTo("it is gone");
        assertThat(text.table()).contains("CAPACITY at least 500 records/s");
        assertThat(text.problems()).containsExactly("incomplete: it is gone");
        assertThat(text.exitCode()).isEqualTo(ExitCode.FAILURE);
    }

    static List<Exception> failures() {
        return List.of(
                new TimeoutException("it is gone"),
                new IOException("it is gone"),
                new InterruptedException("it is gone"),
                new CommandException(ExitCode.FAILURE, "it is gone"));
    }

    @Test
    void failsIfAResultCouldNotBeWritten() {
        CapacityText text = new CapacityText(FOUND, OBJECTIVE, null, List.of("full", "full"));

        assertThat(text.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(text.problems()).containsExactly("full");
        assertThat(new CapacityText(FOUND, OBJECTIVE, null, List.of()).exitCode())
                .isEqualTo(ExitCode.OK);
    }
}
