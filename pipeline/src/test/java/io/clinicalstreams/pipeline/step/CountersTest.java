package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.Suppressed;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** {@code /metrics} describes what each counter counts. */
class CountersTest {

    @Test
    void everyMetricOfTheLanesHasADescription() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        InputLedger ledger = new InputLedger("any", "ledger");
        RecordingCounters recording = new RecordingCounters(registry, ledger);
        recording.ignored("Patient");
        AlertingCounters alerting = new AlertingCounters(registry, ledger);
        alerting.notEvaluated(NotEvaluated.AGE);
        alerting.orderUndetermined("rekeyed");
        alerting.suppressed(Suppressed.COOL_DOWN);
        alerting.alert(new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh())
                .reads(Cases.potassium("6.9"))
                .alerts()
                .get(0));

        alerting.notEvaluated(NotEvaluated.AGE);
        assertThat(registry.get("clinical.readings.not.evaluated")
                        .tag("reason", "age")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.getMeters()).hasSizeGreaterThan(9).allSatisfy(meter -> assertThat(
                        meter.getId().getDescription())
                .as(meter.getId().getName())
                .isNotBlank());
    }
}
