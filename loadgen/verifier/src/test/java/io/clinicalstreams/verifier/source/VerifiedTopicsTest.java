package io.clinicalstreams.verifier.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.UnknownNameException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifiedTopicsTest {

    private static final Catalogue CATALOGUE = CatalogueLoader.load("development");

    private static Catalogue without(String lane, String topic) {
        return new Catalogue(
                CATALOGUE.where(),
                CATALOGUE.topics().stream()
                        .filter(each -> !each.name().equals(topic))
                        .toList(),
                CATALOGUE.lanes().stream()
                        .filter(each -> !each.name().equals(lane))
                        .toList());
    }

    @Test
    void withoutAnAlertingLaneNoAlertsAreRead() {
        VerifiedTopics topics = VerifiedTopics.of(without("alerting", TopicNames.ALERT_CURRENT));

        assertThat(topics.hasAlerts()).isFalse();
        assertThat(topics.all())
                .extracting(VerifiedTopic::name)
                .containsExactlyInAnyOrderElementsOf(List.of(
                        TopicNames.RESOURCE_RECEIVED,
                        TopicNames.RESOURCE_REKEYED,
                        TopicNames.RESOURCE_REJECTED,
                        TopicNames.RESOURCE_ACCOUNTED,
                        TopicNames.OBSERVATION_RECORDED,
                        TopicNames.MEDICATION_REQUESTED,
                        TopicNames.ENCOUNTER_CHANGED,
                        TopicNames.MEDICATION_CATALOG));
        assertThat(VerifiedTopics.of(CATALOGUE).hasAlerts()).isTrue();
    }

    @Test
    void aCatalogueOfOtherTopicsCannotBeVerified() {
        assertThatThrownBy(() -> VerifiedTopics.of(without("recording", "")))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("no lane 'recording' in the catalogue; there are alerting");
        assertThatThrownBy(() -> VerifiedTopics.of(without("", TopicNames.RESOURCE_RECEIVED)))
                .isInstanceOf(UnknownNameException.class)
                .hasMessageStartingWith("no topic 'clinical.resource.received' in the catalogue; there are ");
    }
}
