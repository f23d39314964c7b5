package io.clinicalstreams.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class PollBudgetTest {

    private final PollBudget budget = new PollBudget();

    @Test
    void takesValuesUntilTheNextOneWouldBeTooMuch() {
        budget.open(100);

        take(60);
        take(40);
        assertThatThrownBy(() -> take(1)).isInstanceOf(SerializationException.class);
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
    void aTombstoneTakesNothing() {
        budget.open(0);
        take(1);

        assertThat(budget.deserialize("topic", new RecordHeaders(), (ByteBuffer) null))
                .isNull();
    }

    private void take(int bytes) {
        assertThat(budget.deserialize("topic", new RecordHeaders(), ByteBuffer.allocate(bytes)))
                .hasSize(bytes);
    }
}
