package io.clinicalstreams.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class PollBudgetTest {

    private static final int OVERHEAD = (int) InputBuffer.overhead(new RecordHeaders());

    private final PollBudget budget = new PollBudget();

    @Test
    void takesValuesUntilTheNextOneWouldBeTooMuch() {
        budget.open(100 + 2 * OVERHEAD);

        take(60);
        take(40);
        assertThatThrownBy(() -> take(0)).isInstanceOf(SerializationException.class);
    }

    @Test
    void takesTheFirstValueOfAPollHoweverLargeAndTheRefusedOneInTheNext() {
        budget.open(10);
        take(1_000);
        assertThatThrownBy(() -> take(20)).isInstanceOf(SerializationException.class);

        budget.open(-5);
        take(20);
        assertThatThrownBy(() -> take(1)).isInstanceOf(SerializationException.class);
    }

    @Test
    void countsAKeyWithItsValueAndTakesBothOfTheFirstRecord() {
        budget.open(300 + 2 * OVERHEAD);
        Headers first = new RecordHeaders();
        take(first, 100);
        take(first, 100);
        Headers second = new RecordHeaders();
        take(second, 100);
        assertThatThrownBy(() -> take(second, 1)).isInstanceOf(SerializationException.class);

        budget.open(0);
        Headers large = new RecordHeaders();
        take(large, 1_000);
        take(large, 1_000);
        assertThatThrownBy(() -> take(1)).isInstanceOf(SerializationException.class);
    }

    @Test
    void refusesALargeKey() {
        budget.open(2_000);
        take(1);
        assertThatThrownBy(() -> take(2_000)).isInstanceOf(SerializationException.class);
    }

    @Test
    void countsHeadersOnce() {
        Headers headers = headers(1_000);
        budget.open(InputBuffer.overhead(headers) + OVERHEAD + 3);
        take(headers, 1);
        take(headers, 1);
        take(1);

        budget.open(2_000);
        take(1);
        assertThatThrownBy(() -> take(headers(2_000), 1)).isInstanceOf(SerializationException.class);
    }

    @Test
    void aTombstoneTakesNothing() {
        budget.open(0);
        take(1);

        assertThat(budget.deserialize("topic", new RecordHeaders(), (ByteBuffer) null))
                .isNull();
    }

    /** A slice of the batch would keep all of it in memory. */
    @Test
    void copiesHeadersOutOfTheBatch() {
        byte[] batch = "name and value".getBytes(StandardCharsets.UTF_8);
        RecordHeader header = new RecordHeader(ByteBuffer.wrap(batch, 0, 4), ByteBuffer.wrap(batch, 9, 5));
        budget.open(0);
        take(new RecordHeaders().add(header), 1);
        batch[0] = 'X';
        batch[9] = 'X';

        assertThat(header.key()).isEqualTo("name");
        assertThat(header.value()).asString(StandardCharsets.UTF_8).isEqualTo("value");
    }

    private void take(int bytes) {
        take(new RecordHeaders(), bytes);
    }

    private void take(Headers headers, int bytes) {
        assertThat(budget.deserialize("topic", headers, ByteBuffer.allocate(bytes)))
                .hasSize(bytes);
    }

    private static Headers headers(int bytes) {
        return new RecordHeaders().add("traceparent", new byte[bytes]);
    }
}
