package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.verifier.account.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The pipeline is killed with SIGKILL repeatedly, and the topics show no trace of it. Runs alone: beside another test, the
 * time of a restart would be that test's use of the cores.
 */
@OnOneBroker
@Tag("alone")
@Tag("fault")
class NothingLostUnderKillsTest {

    private static final long SEED = 20_260_217;
    private static final int KILLS = 10;
    private static final int MERGES = 5;
    private static final int STRIKES_WHILE_STARTING = 3;
    private static final int RATE = 300;
    private static final int UP_TO_A_SECOND_OF_OUTPUT = RATE;

    /** Generous: a JVM starts, the lane's group rebalances, and its state is restored, all on two busy cores. */
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(30);

    @Test
    void killsAtAnyMomentLoseNothingAndDoubleNothing(TestSystem system) {
        Random random = new Random(SEED);
        List<Duration> toRecorded = new ArrayList<>();
        List<Duration> toAlert = new ArrayList<>();
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        try (Recovery recovery = new Recovery(system, TopicNames.OBSERVATION_RECORDED, TopicNames.ALERT_GENERATED);
                Load load = system.load(
                        Scenario.of("everything")
                                .withSeed(SEED)
                                .withPatients(400)
                                .with(Map.of(Share.MALFORMED, 0.01, Share.MISKEYED, 0.02, Share.MERGED, 0.0004)),
                        RATE)) {
            for (int kill = 0; kill < KILLS; kill++) {
                recovery.awaitMore(1 + random.nextInt(UP_TO_A_SECOND_OF_OUTPUT));
                SendResult unused = system.send(merges(kill));
                pipeline.kill();
                Instant killed = Instant.now();
                pipeline = system.pipeline("ward-1");
                if (kill % STRIKES_WHILE_STARTING == STRIKES_WHILE_STARTING - 1) {
                    pipeline.awaitStarted().kill();
                    pipeline = system.pipeline("ward-1");
                }
                toRecorded.add(recovery.since(killed, TopicNames.OBSERVATION_RECORDED));
                toAlert.add(recovery.since(killed, TopicNames.ALERT_GENERATED));
            }
            assertThat(load.isFlowing()).isTrue();
            system.stop(load);
        }

        Verdict verdict = system.verdict();

        Figures.recovery("SIGKILL, to the next recorded", toRecorded);
        Figures.recovery("SIGKILL, to the next alert", toAlert);
        assertThat(toRecorded).allSatisfy(each -> assertThat(each).isLessThan(RECOVERED_WITHIN));
        assertThat(toAlert).allSatisfy(each -> assertThat(each).isLessThan(RECOVERED_WITHIN));
        assertThat(verdict.rekeyed()).isPositive();
        assertThat(verdict.rejected()).isNotEmpty();
        assertThat(system.read(TopicNames.ALERT_GENERATED))
                .extracting(alert -> new ClinicalHeaders(alert.headers()).text(HeaderNames.TRANSITION))
                .contains("raised", "revised", "retracted", "moved", "continued");
        assertThat(system.read(TopicNames.RESOURCE_REKEYED))
                .extracting(record -> new ClinicalHeaders(record.headers()).merge())
                .contains(Merge.STATE, Merge.OBSERVATION);
    }

    /**
     * Patients with a critical result, who are then replaced by others, one under a wrong key: so alerts move in every run. The
     * generator's own Patients take that back now and then, until the next merge.
     */
    private static List<Outgoing> merges(int kill) {
        return IntStream.range(0, MERGES)
                .boxed()
                .flatMap(each -> {
                    String duplicate = "Patient/p-00015" + each;
                    String other = "Patient/p-00016" + each;
                    String result = """
                            {"resourceType":"Observation","id":"potassium-%d-%d","status":"final",\
                            "code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},\
                            "subject":{"reference":"%s"},"effectiveDateTime":"%s",\
                            "valueQuantity":{"value":7.4,"system":"http://unitsofmeasure.org","code":"mmol/L"}}""".formatted(kill, each, duplicate, Instant.now());
                    String patient = """
                            {"resourceType":"Patient","id":"p-00015%d","active":false,\
                            "link":[{"other":{"reference":"%s"},"type":"replaced-by"}]}""".formatted(each, other);
                    return Stream.of(
                            Outgoing.of(bytes(duplicate), bytes(result)),
                            Outgoing.of(bytes(each == 0 ? other : duplicate), bytes(patient)));
                })
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
