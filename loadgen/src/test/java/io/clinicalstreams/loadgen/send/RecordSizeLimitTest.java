package io.clinicalstreams.loadgen.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordSizeLimitTest {

    @Test
    void isTheSmallerOfTopicAndProducer() {
        assertThat(RecordSizeLimit.of("t", Map.of("max.message.bytes", "400"), Map.of("max.request.size", "500")))
                .isEqualTo(new RecordSizeLimit("t", "max.message.bytes", 400));
        assertThat(RecordSizeLimit.of("t", Map.of("max.message.bytes", "600"), Map.of("max.request.size", 500)))
                .isEqualTo(new RecordSizeLimit("t", "max.request.size", 500));
    }

    @Test
    void isKafkasDefaultIfNotSet() {
        assertThat(RecordSizeLimit.of("t", Map.of(), Map.of()))
                .isEqualTo(new RecordSizeLimit("t", "max.request.size", 1_048_576));
    }
}
