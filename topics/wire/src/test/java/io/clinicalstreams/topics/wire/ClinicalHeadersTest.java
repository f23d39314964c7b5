package io.clinicalstreams.topics.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any sender can set a header: one that is not in its format is treated as missing. */
class ClinicalHeadersTest {

    private final RecordHeaders written = new RecordHeaders();
    private final ClinicalHeaders headers = new ClinicalHeaders(written);

    @Test
    void areMissingIfNoneIsWritten() {
        written.add(HeaderNames.ORIGIN, null);

        assertThat(headers.origin()).isNull();
        assertThat(headers.sentAt()).isEmpty();
        assertThat(headers.receivedAt()).isEmpty();
        assertThat(headers.reason()).isNull();
        assertThat(headers.isKeyOmitted()).isFalse();
        assertThat(headers.isValueOmitted()).isFalse();
        assertThat(headers.text(HeaderNames.SEVERITY)).isNull();
    }

    @Test
    void areReadInTheirFormats() {
        write(HeaderNames.ORIGIN, "clinical.resource.received/3/141/2");
        write(HeaderNames.SENT_AT, "1772366400000001");
        write(HeaderNames.RECEIVED_AT, "1772366400000");
        write(HeaderNames.REASON, "MISSING_STATUS");
        write(HeaderNames.KEY_OMITTED, "true");
        write(HeaderNames.VALUE_OMITTED, "true");
        write(HeaderNames.SEVERITY, "high");

        assertThat(headers.origin()).isEqualTo(new Coordinates("clinical.resource.received", 3, 141, 2));
        assertThat(headers.sentAt()).hasValue(1_772_366_400_000_001L);
        assertThat(headers.receivedAt()).hasValue(1_772_366_400_000L);
        assertThat(headers.reason()).isEqualTo(Reason.MISSING_STATUS);
        assertThat(headers.isKeyOmitted()).isTrue();
        assertThat(headers.isValueOmitted()).isTrue();
        assertThat(headers.text(HeaderNames.SEVERITY)).isEqualTo("high");
    }

    @Test
    void theLastOfSeveralCounts() {
        write(HeaderNames.SENT_AT, "1");
        write(HeaderNames.SENT_AT, "2");

        assertThat(headers.sentAt()).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.0", "1e3", "0x10", " 1", "1234567890123456789", "٣"})
    void aNumberIsOneToEighteenDigits(String text) {
        written.add(HeaderNames.SENT_AT, text.getBytes(StandardCharsets.UTF_8));

        assertThat(headers.sentAt()).isEmpty();
        assertThat(headers.digits(HeaderNames.SENT_AT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t",
                "t/1",
                "t/1/x",
                "t/-1/0",
                "t/1/-1",
                "t/1/0/-2",
                "/1/0",
                "t/1/0/0/0",
                "t/1/99999999999999999999"
            })
    void anOriginIsCoordinates(String text) {
        write(HeaderNames.ORIGIN, text);

        assertThat(headers.origin()).isNull();
    }

    @Test
    void anOriginLongerThanPossibleIsNotRead() {
        write(HeaderNames.ORIGIN, "t".repeat(1_000_000) + "/1/0");

        assertThat(headers.origin()).isNull();
    }

    @Test
    void aReasonIsOneOfTheCodes() {
        write(HeaderNames.REASON, "missing_status");

        assertThat(headers.reason()).isNull();
    }

    private void write(String name, String text) {
        written.add(name, text.getBytes(StandardCharsets.US_ASCII));
    }
}
