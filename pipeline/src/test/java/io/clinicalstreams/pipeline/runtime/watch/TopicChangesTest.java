package io.clinicalstreams.pipeline.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.runtime.watch.TopicChanges.Found;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicChangesTest {

    private final Catalogue catalogue = CatalogueLoader.load("development");
    private final Lane alerting = catalogue.lane("alerting");
    private final Lane recording = catalogue.lane("recording");

    @Test
    void anUnchangedLaneContinues() {
        TopicChanges changes = of(alerting);
        Map<String, Found> found = asDeclared(alerting);

        assertThat(changes.reasonToStop(found, false)).isEmpty();
        assertThat(changes.reasonToStop(found, false)).isEmpty();
        assertThat(changes.missing(found)).isEmpty();
    }

    @Test
    void aChangelogThatDoesNotExistYetIsNoReasonToStop() {
        TopicChanges changes = of(alerting);
        Map<String, Found> found = asDeclared(alerting);
        found.keySet().removeAll(alerting.internalTopics());

        assertThat(changes.reasonToStop(found, false)).isEmpty();
    }

    @Test
    void aChangelogThatIsDeletedBeforeTheFirstLookStopsALaneThatRan() {
        TopicChanges changes = of(alerting);
        Map<String, Found> found = asDeclared(alerting);
        found.keySet().removeAll(alerting.internalTopics());

        assertThat(changes.reasonToStop(found, true))
                .hasValueSatisfying(why -> assertThat(why).contains("was deleted while it was running"));
    }

    @Test
    void aDeletedChangelogStopsTheLane() {
        TopicChanges changes = of(alerting);
        Map<String, Found> found = asDeclared(alerting);
        assertThat(changes.reasonToStop(found, false)).isEmpty();
        String changelog = alerting.internalTopics().get(0);
        found.remove(changelog);

        assertThat(changes.reasonToStop(found, false)).hasValueSatisfying(why -> assertThat(why)
                .startsWith("lane alerting stops: " + changelog + " was deleted while it was running")
                .contains("open alerts", "Start the lane again"));
    }

    @Test
    void aChangelogThatWasCreatedAgainBetweenTwoLooksStopsTheLane() {
        TopicChanges changes = of(alerting);
        Map<String, Found> found = asDeclared(alerting);
        assertThat(changes.reasonToStop(found, false)).isEmpty();
        found.put(alerting.internalTopics().get(0), new Found(Uuid.randomUuid(), tasks(alerting)));

        assertThat(changes.reasonToStop(found, false))
                .hasValueSatisfying(why -> assertThat(why).contains("was deleted and created again"));
    }

    @ParameterizedTest
    @ValueSource(strings = {TopicNames.RESOURCE_RECEIVED, TopicNames.RESOURCE_REKEYED})
    void aDeletedSourceStopsTheLaneAlthoughTheRecordingLaneWritesOneToo(String source) {
        for (Lane lane : catalogue.lanes()) {
            TopicChanges changes = of(lane);
            Map<String, Found> found = asDeclared(lane);
            assertThat(changes.reasonToStop(found, false)).isEmpty();
            found.remove(source);

            assertThat(changes.reasonToStop(found, false)).hasValueSatisfying(why -> assertThat(why)
                    .contains(source + " was deleted while it was running")
                    .contains("topics apply -e development"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TopicNames.OBSERVATION_RECORDED, TopicNames.RESOURCE_REJECTED})
    void waitsForAnOutputThatWasDeleted(String output) {
        TopicChanges changes = of(recording);
        Map<String, Found> found = asDeclared(recording);
        found.remove(output);

        assertThat(changes.reasonToStop(found, false)).isEmpty();
        assertThat(changes.missing(found))
                .containsOnly(Map.entry(output, "does not exist: create it with 'topics apply -e development'"));
    }

    @Test
    void waitsForReferenceDataThatWasDeleted() {
        Map<String, Found> found = asDeclared(alerting);
        found.remove(TopicNames.ALERT_RULE);

        assertThat(of(alerting).reasonToStop(found, false)).isEmpty();
        assertThat(of(alerting).missing(found)).containsOnlyKeys(TopicNames.ALERT_RULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {TopicNames.RESOURCE_RECEIVED, TopicNames.RESOURCE_REKEYED, TopicNames.OBSERVATION_RECORDED})
    void partitionsAddedWhereKeysHaveAnOrderStopTheLane(String topic) {
        Map<String, Found> found = asDeclared(recording);
        found.put(topic, new Found(Uuid.randomUuid(), 12));

        assertThat(of(recording).reasonToStop(found, false)).hasValueSatisfying(why -> assertThat(why)
                .contains(topic + " has 12 partitions instead of ", "topics plan -e development")
                .doesNotContain("expired"));
    }

    @Test
    void partitionsAddedToTheChangelogOrTheRulesStopTheLane() {
        for (String topic : new String[] {alerting.internalTopics().get(0), TopicNames.ALERT_RULE}) {
            Map<String, Found> found = asDeclared(alerting);
            found.put(topic, new Found(Uuid.randomUuid(), 12));

            assertThat(of(alerting).reasonToStop(found, false))
                    .hasValueSatisfying(why -> assertThat(why).contains(topic + " has 12 partitions"));
        }
    }

    @Test
    void anOutputCreatedAgainWithFewerPartitionsStopsTheLaneBecauseItWouldNeverWriteToTheOthers() {
        for (String output : new String[] {TopicNames.OBSERVATION_RECORDED, TopicNames.RESOURCE_REJECTED}) {
            int declared = catalogue.topic(output).partitions();
            Map<String, Found> found = asDeclared(recording);
            found.put(output, new Found(Uuid.randomUuid(), declared - 1));

            assertThat(of(recording).reasonToStop(found, false)).hasValueSatisfying(why -> assertThat(why)
                    .contains("%s has %d partitions instead of %d".formatted(output, declared - 1, declared)));
        }
    }

    @Test
    void morePartitionsOfAnOutputWithoutOrderAreHarmless() {
        assertThat(catalogue.topic(TopicNames.RESOURCE_REJECTED).keyedOrder()).isFalse();
        Map<String, Found> found = asDeclared(recording);
        found.put(TopicNames.RESOURCE_REJECTED, new Found(Uuid.randomUuid(), 12));

        assertThat(of(recording).reasonToStop(found, false)).isEmpty();
    }

    @Test
    void anOutputCreatedAgainAsItWasIsWrittenToAgain() {
        TopicChanges changes = of(recording);
        Map<String, Found> found = asDeclared(recording);
        assertThat(changes.reasonToStop(found, false)).isEmpty();
        Topic output = catalogue.topic(TopicNames.OBSERVATION_RECORDED);
        found.put(output.fullName(), new Found(Uuid.randomUuid(), output.partitions()));

        assertThat(changes.reasonToStop(found, false)).isEmpty();
    }

    private static TopicChanges of(Lane lane) {
        return new TopicChanges(lane, "development");
    }

    private static Map<String, Found> asDeclared(Lane lane) {
        Map<String, Found> found = new HashMap<>();
        lane.topics().forEach(topic -> found.put(topic.fullName(), new Found(Uuid.randomUuid(), topic.partitions())));
        lane.internalTopics().forEach(name -> found.put(name, new Found(Uuid.randomUuid(), tasks(lane))));
        return found;
    }

    private static int tasks(Lane lane) {
        return lane.sources().get(0).partitions();
    }
}
