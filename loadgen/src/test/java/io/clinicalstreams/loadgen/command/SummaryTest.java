package io.clinicalstreams.loadgen.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.send.SendResult;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final ProbeSnapshot MEASURED = new ProbeSnapshot(
            new Latencies(10, 20, 30, 40, 50), new Latencies(1, 2, 3, 4, 5), Map.of(), Map.of(), Map.of(), null);

    @Test
    void tellsLatenciesOfARunThatKeptItsSchedule() throws Exception {
        Summary summary = new Summary(result(1_000), MEASURED);
        JsonNode json = new ObjectMapper().readTree(summary.json());

        assertThat(json.path("records").asLong()).isEqualTo(100);
        assertThat(json.path("resources").asLong()).isEqualTo(120);
        assertThat(json.path("keptSchedule").asBoolean()).isTrue();
        assertThat(json.at("/latencyMillis/alert/p99").asDouble()).isEqualTo(3);
        assertThat(json.at("/latencyMillis/recorded/p999").asDouble()).isEqualTo(40);
        assertThat(json.at("/generatorLateMillis/p99").asDouble()).isBetween(0.9, 1.1);
        assertThat(summary.table()).contains("alert after").contains("p99 3.0 ms");
    }

    @Test
    void tellsNoLatencyOfARunThatFellBehind() throws Exception {
        Summary summary = new Summary(result(500_000), MEASURED);

        assertThat(new ObjectMapper().readTree(summary.json()).has("latencyMillis"))
                .isFalse();
        assertThat(summary.table()).contains("fell behind").doesNotContain("alert after");
    }

    @Test
    void tellsWhenNothingCame() {
        ProbeSnapshot nothing = new ProbeSnapshot(
                new Latencies(0, 0, 0, 0, 0),
                new Latencies(0, 0, 0, 0, 0),
                Map.of(),
                Map.of(),
                Map.of(),
                "KafkaException");

        assertThat(new Summary(result(0), nothing).table())
                .contains("nothing came")
                .contains("ended early, KafkaException");
    }

    @Test
    void saysInEveryFormThatMeasuringEndedEarly() throws Exception {
        Summary whole = new Summary(result(1_000), MEASURED);
        Summary partly = new Summary(result(1_000), endedEarly());

        assertThat(whole.isWhole()).isTrue();
        assertThat(whole.json()).doesNotContain("measuringEndedEarly");
        assertThat(partly.isWhole()).isFalse();
        assertThat(partly.table()).contains("alert after").contains("ended early, KafkaException");
        assertThat(new ObjectMapper()
                        .readTree(partly.json())
                        .path("measuringEndedEarly")
                        .textValue())
                .isEqualTo("KafkaException");
    }

    private static ProbeSnapshot endedEarly() {
        return new ProbeSnapshot(MEASURED.recorded(), MEASURED.alert(), Map.of(), Map.of(), Map.of(), "KafkaException");
    }

    private static SendResult result(long lateMicros) {
        Histogram late = new Histogram(3);
        late.recordValueWithCount(lateMicros, 100);
        return new SendResult(100, 120, 100, 0, 0, late, 2, 90_000, List.of());
    }
}
