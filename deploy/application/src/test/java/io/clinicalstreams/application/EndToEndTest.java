package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.GeneratorSettings;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.source.Mark;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** End to end, with everything that the generator can send. */
@OnOneBroker
class EndToEndTest {

    private static final long SEED = 20_260_221;
    private static final int RATE = 300;
    private static final int SOME = 1_500;

    @Test
    void everythingThatGoesInComesOut(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        try (Recovery recovery = new Recovery(system, TopicNames.OBSERVATION_RECORDED);
                Load load = system.load(new GeneratorSettings(SEED, 100, 0.05, 0.05, 0.05, 0.05), RATE)) {
            recovery.awaitMore(SOME);
            system.stop(load);
        }

        Verdict verdict = system.verdict();

        assertThat(verdict.recorded().get(TopicNames.OBSERVATION_RECORDED)).isGreaterThanOrEqualTo(SOME);
        assertThat(verdict.rekeyed()).isPositive();
        assertThat(verdict.rejected()).isNotEmpty();
        assertThat(system.verifier().judge(Mark.BEGINNING, -1).alerts().raised())
                .isPositive();
        saysWhyAnAlertWasRaised(system);
        pipeline.stop();
    }

    private static void saysWhyAnAlertWasRaised(TestSystem system) {
        ClinicalHeaders raised = system.read(TopicNames.ALERT_GENERATED).stream()
                .map(alert -> new ClinicalHeaders(alert.headers()))
                .filter(alert -> "raised".equals(alert.text(HeaderNames.TRANSITION)))
                .findFirst()
                .orElseThrow();
        String id = Objects.requireNonNull(raised.text(HeaderNames.ALERT_ID));

        CommandResult why = system.type("alerts", "explain", id, "-o", "json");

        assertThat(why.exitCode()).as(why.err()).isZero();
        assertThat(why.json().get(0).path("input").asText()).isEqualTo(raised.text(HeaderNames.ORIGIN));
        assertThat(why.json().get(0).path("outcome").toString()).contains("alert " + id + " version 1: raised");
    }
}
