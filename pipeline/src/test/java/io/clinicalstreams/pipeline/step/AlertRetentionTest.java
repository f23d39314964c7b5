package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.RuleDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlertRetentionTest {

    private static final Duration MAX_AGE = Cases.potassiumHigh().maxAge();

    private final RuleTable rules = new RuleTable();

    @Test
    void hasTheRequestedLength() {
        AlertRetention memory = AlertRetention.of(MAX_AGE.plusMillis(1), rules);
        rules.put("hospital/own", Cases.potassiumHigh());

        assertThat(memory.length()).isEqualTo(MAX_AGE.plusMillis(1));
    }

    @Test
    void isNeverShorterThanARuleLooksBack() {
        AlertRetention memory = AlertRetention.of(Duration.ofMinutes(5), rules);
        assertThat(memory.length()).isEqualTo(Duration.ofMinutes(5));

        rules.put("hospital/own", Cases.potassiumHigh());

        assertThat(memory.length()).isEqualTo(MAX_AGE);
    }

    @Test
    void isNeverShorterThanACoolDownEither() {
        CriticalLimit rule = Cases.potassiumHigh();
        AlertRetention memory = AlertRetention.of(Duration.ofMinutes(5), rules);

        rules.put(
                "hospital/patient",
                new CriticalLimit(
                        new RuleDefinition(
                                rule.id(),
                                rule.version(),
                                rule.title(),
                                rule.source(),
                                MAX_AGE,
                                MAX_AGE.plusHours(1),
                                rule.age()),
                        rule.variants()));

        assertThat(memory.length()).isEqualTo(MAX_AGE.plusHours(1));
    }
}
