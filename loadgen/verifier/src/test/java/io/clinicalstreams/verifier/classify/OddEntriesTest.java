package io.clinicalstreams.verifier.classify;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of a Bundle without an extractable resource: quarantine holds the entry itself. */
class OddEntriesTest {

    private final VerifiedTopics verified = MemoryTopics.verified();
    private final ExpectedResources resources = new ExpectedResources(verified);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "17",
                "-1.50e+2",
                "null",
                "true",
                "\"a \\u00fc b\"",
                "[ {\"resource\":{}} ]",
                "{ \"resource\" : 5 }",
                "{\"resource\":null}",
                "{\"resource\":[{}] }",
                "{\"resource\":{} , \"resource\":{\"resourceType\":\"Group\"}}",
                "{\"request\":{},\"request\":{}}"
            })
    void areRejectedAsTheyStand(String odd) {
        List<Expected> entries = in("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{} , " + odd + " ]}");

        assertThat(entries).hasSize(2);
        Expected entry = entries.get(1);
        assertThat(entry.mustBeRejected()).isTrue();
        assertThat(entry.asReceived()).isEqualTo(Content.of(bytes(odd)));
        assertThat(entry.asReceived().matches(bytes(odd))).isTrue();
        assertThat(entry.asReceived().matches(bytes("{}"))).isFalse();
    }

    private List<Expected> in(String bundle) {
        return resources.in(new ConsumerRecord<>(verified.received().fullName(), 0, 7, null, bytes(bundle)));
    }
}
