package io.clinicalstreams.experiment.trial;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.experiment.TrialLoad;
import io.clinicalstreams.loadgen.send.SendResult;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What a trial's figures may come from. */
final class ProduceTrialTest {

    private static final TrialLoad LOAD =
            new TrialLoad("valid", null, 0, 50_000, null, Duration.ofSeconds(4), Duration.ofSeconds(8));

    /** It sends everything in the end, but its latencies are those of the sender. */
    @Test
    void failsIfTheSenderFallsBehind() {
        ProduceTrial.requireSchedule(sent(0, 1), LOAD);

        assertThatThrownBy(() -> ProduceTrial.requireSchedule(sent(0, 2_000), LOAD))
                .hasMessageContaining("fell behind its schedule of 50000 records/s");
        assertThatThrownBy(() -> ProduceTrial.requireSchedule(sent(1, 1), LOAD))
                .hasMessageContaining("fell behind its schedule");
    }

    @Test
    void judgesNoMoment() {
        TrialLoad moment = new TrialLoad("valid", null, 0, 50_000, null, Duration.ofMillis(20), Duration.ofMillis(80));

        assertThatCode(() -> ProduceTrial.requireSchedule(sent(0, 2_000), moment))
                .doesNotThrowAnyException();
    }

    private static SendResult sent(long notSent, int lateMillis) {
        Histogram late = new Histogram(3);
        late.recordValue(lateMillis * 1_000L);
        return new SendResult(1, 0, 1, 1, 0, 0, notSent, late, late, 1, 900, List.of());
    }
}
