package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Tick;
import io.clinicalstreams.verifier.account.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** End to end, with everything that the generator can send. */
@OnOneBroker
class EndToEndTest {

    private static final long SEED = 20_260_221;
    private static final int RATE = 300;
    private static final int SOME = 1_500;
    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** The service looks for new metrics every ten seconds. */
    private static final Duration FOUND_WITHIN = Duration.ofSeconds(20);

    private static final String SILENCE = """
            owner: ward
            rules:
              - id: potassium-silent
                kind: silence
                title: No potassium
                analyte: potassium
                source: the ward
                max-age: PT1H
                cool-down: PT1H
                codes: [2823-3]
                interval: PT10S
                watched: while-measured
                severity: high
            """;

    @Test
    void everythingThatGoesInComesOut(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        ScrapedMetrics before = ScrapedMetrics.of(pipeline.body("/metrics"));
        Optional<ScrapedMetrics> ofBrokerBefore = system.brokerMetrics().map(EndToEndTest::scrape);
        try (Recovery recovery = new Recovery(system, TopicNames.OBSERVATION_RECORDED);
                Load load = system.load(Scenario.of("everything").withSeed(SEED).withPatients(100), RATE)) {
            recovery.awaitMore(SOME);
            system.stop(load);
        }

        Verdict verdict = system.verdict();

        assertThat(verdict.recorded().get(TopicNames.OBSERVATION_RECORDED)).isGreaterThanOrEqualTo(SOME);
        assertThat(verdict.rekeyed()).isPositive();
        assertThat(verdict.rejected()).isNotEmpty();
        saysWhyAnAlertWasRaised(system);
        hasWhatRulesAndDashboardsUse(pipeline, before);
        ofBrokerBefore.ifPresent(earlier -> {
            ScrapedMetrics now = scrape(system.brokerMetrics().orElseThrow());
            assertThat(now.missing(ScrapedMetrics.OF_BROKERS)).isEmpty();
            now.assertMovedSince(earlier, ScrapedMetrics.OF_BROKERS);
        });
        pipeline.stop();
    }

    private static void hasWhatRulesAndDashboardsUse(PipelineProcess pipeline, ScrapedMetrics before) {
        Set<String> used = new HashSet<>(ScrapedMetrics.OF_THE_SERVICE);
        used.remove("clinical_ticks_total");
        await().atMost(FOUND_WITHIN).untilAsserted(() -> assertThat(
                        ScrapedMetrics.of(pipeline.body("/metrics")).missing(used))
                .isEmpty());
        ScrapedMetrics now = ScrapedMetrics.of(pipeline.body("/metrics"));
        now.assertMovedSince(before, used);
        assertThat(now.sums())
                .as("each alert that an input caused was measured when its transaction was committed")
                .hasEntrySatisfying("clinical_alert_latency_seconds_count", count -> assertThat(count)
                        .isPositive()
                        .isLessThanOrEqualTo(now.sums().get("clinical_alerts_total")));
        assertThat(now.sums().get("clinical_lane_lag_seconds")).isPositive();
    }

    private static ScrapedMetrics scrape(URI metrics) {
        try (InputStream answer = metrics.toURL().openStream()) {
            return ScrapedMetrics.of(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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

    @Test
    void aPatientWhoFallsSilentIsAnAlertAlthoughNothingElseArrivesAndTheServiceIsKilled(TestSystem system) {
        system.applyReferenceData();
        system.applyRules(SILENCE);
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();

        system.send(List.of(potassium("a")));
        pipeline.kill();
        pipeline = system.pipeline("ward-1").awaitReady();
        await().atMost(WITHIN).until(() -> transitions(system).equals(List.of("raised")));
        system.send(List.of(potassium("b")));
        system.verdict();

        assertThat(transitions(system)).startsWith("raised", "resolved");
        assertThat(pipeline.metric("clinical_ticks_total", "outcome=\"sent\"")).isPositive();
        assertThat(system.read(TopicNames.RESOURCE_RECEIVED).stream()
                        .filter(record -> Tick.is(record.key(), record.value()))
                        .map(ConsumerRecord::partition)
                        .distinct())
                .as("ticked partitions")
                .hasSize(system.partitions(TopicNames.RESOURCE_RECEIVED).size());
        pipeline.stop();
    }

    private static Outgoing potassium(String id) {
        return Outgoing.of(
                Resources.bytes("Patient/silent"), Resources.bytes(Resources.potassium(id, "Patient/silent", "4.2")));
    }

    private static List<String> transitions(TestSystem system) {
        return system.read(TopicNames.ALERT_GENERATED).stream()
                .map(alert -> new ClinicalHeaders(alert.headers()).text(HeaderNames.TRANSITION))
                .toList();
    }
}
