package io.clinicalstreams.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.pipeline.input.MemoryPlan.LaneNeeds;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryPlanTest {

    private static final long MIB = 1 << 20;
    private static final LaneNeeds RECORDING = lane(1, 12, 64 * MIB, 0, false);
    private static final LaneNeeds ALERTING = lane(1, 12, 32 * MIB, 57 * MIB, true);

    @Test
    void bothLanesFitIntoTheLaunchersHeapWithFullBuffers() {
        MemoryPlan plan = MemoryPlan.of(1024 * MIB, List.of(RECORDING, ALERTING));

        assertThat(plan.bufferBytes()).isEqualTo(64 * MIB);
        assertThat(plan.fetchBytes()).isEqualTo(50 * MIB);
        assertThat(plan.sum())
                .isEqualTo(
                        "heap 1024 MiB, needed 815 MiB = records 180 (one of 6.0 for each partition, 3 for each thread)"
                                + " + input buffers 128 + fetched batches 200 + producers 96 + state 57 + margin 154");
    }

    @Test
    void aLaneWithStateAlsoFetchesChangelogsAndReferenceData() {
        assertThat(RECORDING.consumers()).isEqualTo(1);
        assertThat(ALERTING.consumers()).as("input, changelogs, rules").isEqualTo(3);
        assertThat(lane(4, 64, MIB, MIB, true).consumers()).isEqualTo(9);
    }

    @Test
    void aSmallerHeapHasSmallerBuffersAndNeverMoreThanTheHeap() {
        MemoryPlan plan = MemoryPlan.of(512 * MIB, List.of(RECORDING, ALERTING));

        assertThat(plan.bufferBytes()).isBetween(6 * MIB, 32 * MIB).isEqualTo(plan.fetchBytes());
        assertThat(plan.sum()).startsWith("heap 512 MiB, needed 512 MiB");
    }

    @Test
    void aHeapThatIsTooSmallIsRefusedWithTheFiguresAndASizeThatSuffices() {
        assertThatThrownBy(() -> MemoryPlan.of(400 * MIB, List.of(RECORDING, ALERTING)))
                .isInstanceOfSatisfying(CommandException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.WRONG_USAGE))
                .hasMessageContaining("heap 400 MiB, needed 429 MiB = records 180")
                .hasMessageContaining("at least -Xmx435m")
                .hasMessageContaining("alerting.patients");
        assertThat(MemoryPlan.of(435 * MIB, List.of(RECORDING, ALERTING)).bufferBytes())
                .isGreaterThanOrEqualTo(6 * MIB);
    }

    @Test
    void morePartitionsAndThreadsNeedMore() {
        LaneNeeds production = lane(4, 64, 64 * MIB, 0, false);

        assertThatThrownBy(() -> MemoryPlan.of(512 * MIB, List.of(production))).isInstanceOf(CommandException.class);
        assertThat(MemoryPlan.of(2048 * MIB, List.of(production)).bufferBytes()).isEqualTo(64 * MIB);
    }

    private static LaneNeeds lane(int threads, int partitions, long producer, long state, boolean hasState) {
        return new LaneNeeds(threads, partitions, 6 * MIB, producer, 50 * MIB, state, hasState, hasState);
    }
}
