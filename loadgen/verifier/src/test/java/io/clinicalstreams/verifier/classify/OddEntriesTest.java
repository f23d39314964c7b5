package io.clinicalstreams.verifier.classify;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.verifier.json.JsonValue;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
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

    /** A Patient's content must not reach a log or an exception. */
    @Test
    void noTextOfAReadResourceShowsItsContent() {
        byte[] patient = bytes("{\"resourceType\":\"Patient\",\"canary\":[\"canary\",-17,true]}");
        JsonValue.Text text = new JsonValue.Text("canary", 34, 42);
        JsonValue.Numeral number = new JsonValue.Numeral("-17", 43, 46);
        JsonValue.Items items = new JsonValue.Items(List.of(text, number), 33, 52);
        JsonValue.Members members = new JsonValue.Members(Map.of("canary", items), Set.of("canary"), 0, 53);
        RecordExpectations.Classified classified = new RecordExpectations(
                        verified, new ConsumerRecord<>(verified.received().fullName(), 0, 7, bytes("canary"), patient))
                .whole(Classification.ignored("Patient", new Defects()), members);

        assertThat(List.of(text, number, items, members))
                .hasToString(
                        "[Text[bytes 34 to 42], Numeral[bytes 43 to 46], Items[bytes 33 to 52], Members[bytes 0 to 53]]");
        assertThat(classified).hasToString("Classified[" + classified.expected().origin() + ']');
    }

    private List<Expected> in(String bundle) {
        return resources.in(new ConsumerRecord<>(verified.received().fullName(), 0, 7, null, bytes(bundle)));
    }
}
