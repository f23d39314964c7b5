package io.clinicalstreams.topics.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values come from another implementation of murmur2 with Kafka's seed. */
class PartitionsTest {

    @ParameterizedTest
    @CsvSource({
        "foobar, 0, 30",
        "Patient/1, 2, 22",
        "Patient/123, 1, 9",
        "https://theirs.example/fhir/Patient/1, 5, 9",
        "http://mrn.example|77, 3, 13",
        "Zoë, 4, 30"
    })
    void areKafkasOwn(String key, int ofSix, int ofThirtyTwo) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);

        assertThat(Partitions.partitionFor(bytes, 6)).isEqualTo(ofSix);
        assertThat(Partitions.partitionFor(bytes, 32)).isEqualTo(ofThirtyTwo);
        assertThat(Partitions.partitionFor(bytes, 1)).isZero();
    }
}
