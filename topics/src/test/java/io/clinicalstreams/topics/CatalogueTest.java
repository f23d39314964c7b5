package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.UnknownNameException;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Origin;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue's promises to its users. */
class CatalogueTest {

    private static final String SEVEN_DAYS = "604800000";
    private static final String MIB_4 = "4194304";
    private static final String MIB_6 = "6291456";

    private final Catalogue production = CatalogueLoader.load("production");
    private final Catalogue staging = CatalogueLoader.load("staging");
    private final Catalogue development = CatalogueLoader.load("development");

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", nullValues = "-", textBlock = """
            clinical.resource.received | ingress | 32 | delete | 604800000 | 1073741824 | 86400000 | LogAppendTime
            clinical.resource.rekeyed | ingress | 32 | delete | 604800000 | 1073741824 | 86400000 | LogAppendTime
            clinical.observation.recorded | throughput | 32 | delete | 604800000 | 1073741824 | 86400000 | -
            clinical.medication.requested | administrative | 16 | delete | 2592000000 | 536870912 | 604800000 | -
            administrative.encounter.changed | administrative | 12 | delete | 2592000000 | 536870912 | 604800000 | -
            clinical.alert.generated | latency | 16 | delete | 86400000 | 536870912 | 43200000 | LogAppendTime
            clinical.alert.current | reference | 16 | compact | - | 268435456 | 3600000 | LogAppendTime
            clinical.score.computed | latency | 16 | delete | 86400000 | 536870912 | 43200000 | LogAppendTime
            clinical.resource.rejected | quarantine | 12 | delete | 2592000000 | 536870912 | 604800000 | -
            reference.alert.rule | reference | 6 | compact | - | 67108864 | 3600000 | -
            reference.medication.catalog | reference | 6 | compact | - | 67108864 | 3600000 | -
            """)
    void keepsEachTopicInProductionAsDesigned(
            String name,
            String profile,
            int partitions,
            String cleanup,
            String retention,
            String segmentBytes,
            String segmentMillis,
            String timestampType) {
        Topic topic = production.topic(name);
        Map<String, String> settings = topic.settings().plain();

        assertThat(topic.profile().name()).isEqualTo(profile);
        assertThat(topic.partitions()).isEqualTo(partitions);
        assertThat(topic.replication()).isEqualTo((short) 3);
        assertThat(settings)
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("cleanup.policy", cleanup)
                .containsEntry("segment.bytes", segmentBytes)
                .containsEntry("segment.ms", segmentMillis);
        assertThat(settings.get("retention.ms")).isEqualTo(retention);
        assertThat(settings.get("message.timestamp.type")).isEqualTo(timestampType);
    }

    /** A record that cannot be read replaces a rule only when there was time to write it again. */
    @Test
    void keepsReplacedRulesForAWeek() {
        assertThat(List.of(production, staging, development)).allSatisfy(catalogue -> assertThat(
                        catalogue.topic(TopicNames.ALERT_RULE).settings().plain())
                .containsEntry("min.compaction.lag.ms", SEVEN_DAYS));
    }

    /** Our own convention; the tool accepts any name that Kafka accepts. */
    @Test
    void callsItsTopicsDomainEntityEvent() {
        assertThat(production.topics()).isNotEmpty().allSatisfy(topic -> assertThat(topic.name())
                .matches("[a-z]+\\.[a-z]+\\.[a-z]+"));
    }

    @Test
    void hasTheSameTopicsAndTwoLanesInEveryEnvironment() {
        assertThat(List.of(production, staging, development)).allSatisfy(catalogue -> {
            assertThat(catalogue.topics())
                    .extracting(Topic::name)
                    .isEqualTo(production.topics().stream().map(Topic::name).toList());
            assertThat(catalogue.lanes()).extracting(Lane::name).containsExactlyInAnyOrder("recording", "alerting");
        });
    }

    @Test
    void hasAConstantForEveryTopicsName() throws IllegalAccessException {
        List<String> constants = new ArrayList<>();
        for (Field constant : TopicNames.class.getFields()) {
            constants.add(String.valueOf(constant.get(null)));
        }

        assertThat(constants)
                .containsExactlyInAnyOrderElementsOf(
                        production.topics().stream().map(Topic::name).toList());
    }

    @Test
    void fitsOnALaptopInDevelopment() {
        assertThat(development.topics()).allSatisfy(topic -> {
            assertThat(topic.replication()).isEqualTo((short) 1);
            assertThat(topic.partitions()).isLessThanOrEqualTo(6);
            assertThat(topic.settings().plain()).containsEntry("min.insync.replicas", "1");
        });
        assertThat(List.of(
                        development.topic(TopicNames.RESOURCE_RECEIVED),
                        development.topic(TopicNames.RESOURCE_REKEYED),
                        development.topic(TopicNames.OBSERVATION_RECORDED)))
                .extracting(Topic::partitions)
                .containsOnly(6);
    }

    @Test
    void keepsRecordsNoLongerThanAnEnvironmentsDisksAllow() {
        Topic encounters = staging.topic(TopicNames.ENCOUNTER_CHANGED);
        Topic alerts = staging.topic(TopicNames.ALERT_GENERATED);

        assertThat(encounters.settings().plain())
                .containsEntry("retention.ms", "259200000")
                .containsEntry("segment.ms", "259200000");
        assertThat(encounters.settings().get("retention.ms").orElseThrow().origin())
                .isEqualTo(Origin.ENVIRONMENT);
        assertThat(alerts.settings().plain()).containsEntry("retention.ms", "86400000");
    }

    @Test
    void putsAnEnvironmentsPrefixBeforeEveryNameOnTheCluster() {
        assertThat(staging.topic("clinical.alert.current").fullName()).isEqualTo("staging.clinical.alert.current");
        assertThat(staging.lane("alerting").applicationId()).isEqualTo("staging.clinical-streams.alerting");
        assertThat(development.topic("clinical.alert.current").fullName()).isEqualTo("clinical.alert.current");
    }

    /** A lane's limit is the smaller of the topic's and the lane's producer's. */
    @Test
    void showsTheLargestRecordThatALaneMayWrite(@TempDir Path folder) throws IOException {
        SmallCatalogue small = SmallCatalogue.in(folder);
        Catalogue before = small.load();
        Lane seeing = before.lane("seeing");
        Topic seen = before.topic("clinical.thing.seen");

        assertThat(before.largestRecord(seeing, seen)).as("the producer's").isEqualTo(950_000);
        assertThat(before.largestRecord(seeing, before.topic("clinical.thing.received")))
                .as("the topic's")
                .isEqualTo(900_000);
        assertThat(before.largestChangelogRecord(seeing)).isEqualTo(950_000);

        small.replace("profiles/base.yaml", "value: 1000000", "value: 1100000");
        small.replace(
                "profiles/fast.yaml", "session.timeout.ms: {value: 9000", "max.partition.fetch.bytes: {value: 1100000");
        small.replace("profiles/fast.yaml", "max.request.size: {value: 950000", "batch.size: {value: 16384");
        Catalogue silent = small.load();
        assertThat(silent.largestRecord(silent.lane("seeing"), silent.topic("clinical.thing.seen")))
                .as("Kafka's default")
                .isEqualTo(1_048_576);
    }

    @Test
    void givesEveryOutputHeadroomOverTheInput() {
        Topic received = production.topic(TopicNames.RESOURCE_RECEIVED);

        assertThat(received.settings().plain()).containsEntry("max.message.bytes", MIB_4);
        assertThat(received.producer().plain()).containsEntry("max.request.size", "4190208");
        assertThat(production.lanes()).allSatisfy(lane -> {
            assertThat(lane.settings().plain()).containsEntry("producer.max.request.size", "6225920");
            assertThat(lane.sinks())
                    .allSatisfy(sink -> assertThat(sink.settings().plain()).containsEntry("max.message.bytes", MIB_6));
        });
    }

    @Test
    void describesTheRecordingLane() {
        Lane lane = development.lane("recording");

        assertThat(lane.applicationId()).isEqualTo("clinical-streams.recording");
        assertThat(lane.sources())
                .extracting(Topic::name)
                .containsExactly(TopicNames.RESOURCE_RECEIVED, TopicNames.RESOURCE_REKEYED);
        assertThat(lane.sinks())
                .extracting(Topic::name)
                .containsExactlyInAnyOrder(
                        TopicNames.OBSERVATION_RECORDED,
                        TopicNames.MEDICATION_REQUESTED,
                        TopicNames.ENCOUNTER_CHANGED,
                        TopicNames.MEDICATION_CATALOG,
                        TopicNames.RESOURCE_REKEYED,
                        TopicNames.RESOURCE_REJECTED,
                        TopicNames.RESOURCE_ACCOUNTED);
        assertThat(lane.references()).isEmpty();
        assertThat(lane.internalTopics()).isEmpty();
    }

    @Test
    void describesTheAlertingLane() {
        Lane lane = development.lane("alerting");

        assertThat(lane.sources())
                .extracting(Topic::name)
                .containsExactly(TopicNames.RESOURCE_RECEIVED, TopicNames.RESOURCE_REKEYED);
        assertThat(lane.references()).extracting(Topic::name).containsExactly(TopicNames.ALERT_RULE);
        assertThat(lane.sinks())
                .extracting(Topic::name)
                .containsExactlyInAnyOrder(
                        TopicNames.ALERT_GENERATED,
                        TopicNames.ALERT_CURRENT,
                        TopicNames.RESOURCE_REKEYED,
                        TopicNames.RESOURCE_ACCOUNTED);
        assertThat(lane.internalTopics()).containsExactly("clinical-streams.alerting-patient-state-changelog");
    }

    @Test
    void commitsSeldomForThroughputAndMoreOftenForLatency() {
        Map<String, String> recording = development.lane("recording").settings().plain();
        Map<String, String> alerting = development.lane("alerting").settings().plain();

        assertThat(List.of(recording, alerting)).allSatisfy(settings -> assertThat(settings)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("topology.optimization", "none")
                .containsEntry("ensure.explicit.internal.resource.naming", "true")
                .containsEntry("main.consumer.session.timeout.ms", "10000")
                .containsEntry("main.consumer.heartbeat.interval.ms", "3000")
                .containsEntry("producer.transaction.timeout.ms", "10000")
                .containsEntry("num.stream.threads", "1"));
        assertThat(recording).containsEntry("commit.interval.ms", "200").containsEntry("producer.linger.ms", "20");
        assertThat(alerting)
                .containsEntry("commit.interval.ms", "100")
                .containsEntry("producer.linger.ms", "0")
                .containsEntry("statestore.cache.max.bytes", "0");
    }

    @Test
    void makesALanesInternalTopicsAsDurableAsTheOthers() {
        assertThat(production.lane("alerting").settings().plain())
                .containsEntry("replication.factor", "3")
                .containsEntry("topic.min.insync.replicas", "2")
                .containsEntry("num.standby.replicas", "1");
    }

    @Test
    void leavesStreamsOwnClientSettingsToStreams() {
        assertThat(production.lane("recording").settings().plain())
                .doesNotContainKeys(
                        "producer.enable.idempotence",
                        "main.consumer.isolation.level",
                        "main.consumer.enable.auto.commit",
                        "main.consumer.auto.offset.reset");
    }

    @Test
    void letsReadersSeeCommittedRecordsOnly() {
        assertThat(production.topics())
                .allSatisfy(topic -> assertThat(topic.consumer().plain())
                        .containsEntry("isolation.level", "read_committed")
                        .containsEntry("enable.auto.commit", "false"));
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, PROFILE, profiles/ingress.yaml",
        "compression.type, PROFILE, profiles/common.yaml",
        "max.message.bytes, TOPIC, catalogue/clinical.resource.rekeyed.yaml",
        "min.insync.replicas, ENVIRONMENT, environments/production.yaml"
    })
    void knowsWhereEachSettingComesFrom(String name, Origin origin, String file) {
        Topic rekeyed = production.topic(TopicNames.RESOURCE_REKEYED);

        EffectiveSetting setting = rekeyed.settings().get(name).orElseThrow();

        assertThat(setting.origin()).isEqualTo(origin);
        assertThat(setting.file()).isEqualTo(file);
    }

    @Test
    void letsTheProfilesOwnSettingWinOverTheOneItExtends() {
        assertThat(production.topic(TopicNames.RESOURCE_RECEIVED).settings().plain())
                .containsEntry("max.message.bytes", MIB_4)
                .containsEntry("retention.ms", SEVEN_DAYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinical.resource.recieved", "staging.clinical.resource.received", ""})
    void refusesToGuessATopicsName(String name) {
        assertThatThrownBy(() -> staging.topic(name)).isInstanceOf(UnknownNameException.class);
    }
}
