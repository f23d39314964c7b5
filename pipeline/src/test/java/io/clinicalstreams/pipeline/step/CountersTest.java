package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.Suppressed;
import io.clinicalstreams.pipeline.domain.Unevaluated;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
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
        alerting.notEvaluated(Unevaluated.because(NotEvaluated.AGE));
        alerting.orderUndetermined("rekeyed");
        alerting.suppressed(Suppressed.COOL_DOWN);
        alerting.alert(new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh())
                .reads(Cases.potassium("6.9"))
                .alerts()
                .get(0));

        alerting.notEvaluated(Unevaluated.because(NotEvaluated.AGE));
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

    @Test
    void whatNoRuleMatchesIsCountedByRuleOrCodeInALimitedNumberOfCounters() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AlertingCounters alerting = new AlertingCounters(registry, new InputLedger("any", "ledger"));
        alerting.notEvaluated(new Unevaluated(NotEvaluated.UNIT_NOT_CONVERTIBLE, "curated/platelets-low", ""));
        alerting.notEvaluated(new Unevaluated(NotEvaluated.STALE, "curated/platelets-low", ""));
        for (int code = 0; code < 10_000; code++) {
            alerting.notEvaluated(new Unevaluated(NotEvaluated.NO_RULE, "", code + "-0"));
        }
        alerting.notEvaluated(new Unevaluated(NotEvaluated.UNIT_NOT_CONVERTIBLE, "curated/urea-high", ""));

        Collection<Counter> counters = registry.get("clinical.rules.unmatched").counters();
        assertThat(counters).hasSizeLessThan(510);
        assertThat(counters.stream().mapToDouble(Counter::count).sum()).isEqualTo(10_002);
        assertThat(registry.get("clinical.rules.unmatched")
                        .tag("rule", "curated/platelets-low")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("clinical.rules.unmatched")
                        .tag("rule", "curated/urea-high")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("clinical.rules.unmatched")
                        .tag("code", "7-0")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
