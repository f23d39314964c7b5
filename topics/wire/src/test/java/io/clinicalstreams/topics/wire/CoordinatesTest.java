package io.clinicalstreams.topics.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CoordinatesTest {

    @Test
    void areReadAsTheyAreWritten() {
        Coordinates record = Coordinates.of(new ConsumerRecord<>("a.topic", 3, 141, null, null));

        assertThat(record).hasToString("a.topic/3/141");
        assertThat(record.entry(0)).hasToString("a.topic/3/141/0");
        assertThat(Coordinates.parse("a.topic/3/141")).isEqualTo(record);
        assertThat(Coordinates.parse(new String(record.entry(7).toBytes(), StandardCharsets.US_ASCII)))
                .isEqualTo(record.entry(7));
    }

    @Test
    void doNotShowTextThatIsNotCoordinates() {
        assertThatThrownBy(() -> Coordinates.parse("Doe/John"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Doe");
    }
}
