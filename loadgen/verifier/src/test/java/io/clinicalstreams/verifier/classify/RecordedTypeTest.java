package io.clinicalstreams.verifier.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordedTypeTest {

    @Test
    void hasARowForEachTopicThatTheRecordingLaneRecordsIn() {
        VerifiedTopics topics = VerifiedTopics.of(CatalogueLoader.load("production"));

        assertThat(Stream.of(RecordedType.values()).map(RecordedType::topic))
                .containsExactlyInAnyOrderElementsOf(
                        topics.recorded().stream().map(VerifiedTopic::name).toList());
    }
}
