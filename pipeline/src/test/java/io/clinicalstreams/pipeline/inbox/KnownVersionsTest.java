package io.clinicalstreams.pipeline.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownVersionsTest {

    private static final long NOON = 1_772_366_400_000L;

    private final KnownVersions known = new KnownVersions();

    @Test
    void knowsAVersionAndTheOnesBeforeIt() {
        assertThat(known.add(alert("a", 2, NOON))).isTrue();

        assertThat(known.add(alert("a", 2, NOON + 1))).isFalse();
        assertThat(known.add(alert("a", 1, NOON + 1))).isFalse();
        assertThat(known.add(alert("a", 3, NOON + 1))).isTrue();
        assertThat(known.add(alert("b", 1, NOON + 1))).isTrue();
    }

    @Test
    void anAlertThatTheLaneStartsOverAfterADayIsNew() {
        known.add(alert("a", 1, NOON));

        assertThat(known.add(alert("a", 1, NOON + KnownVersions.REMEMBERED_MILLIS - 1)))
                .isFalse();
        assertThat(known.add(alert("a", 1, NOON + KnownVersions.REMEMBERED_MILLIS)))
                .isTrue();
    }

    @Test
    void takesNoRecordWithoutAnIdForADuplicate() {
        assertThat(known.add(alert(null, 0, NOON))).isTrue();
        assertThat(known.add(alert(null, 0, NOON))).isTrue();
    }

    @Test
    void forgetsTheOldestWhenItIsFull() {
        known.add(alert("first", 1, NOON));
        known.add(alert("second", 1, NOON));
        known.add(alert("first", 2, NOON));
        IntStream.rangeClosed(3, KnownVersions.MOST + 1).forEach(n -> known.add(alert("a" + n, 1, NOON)));

        assertThat(known.add(alert("first", 2, NOON))).isFalse();
        assertThat(known.add(alert("second", 1, NOON))).isTrue();
    }

    private static ReceivedAlert alert(@Nullable String id, long version, long at) {
        return new ReceivedAlert(id, version, new byte[0], 0, 0, at);
    }
}
