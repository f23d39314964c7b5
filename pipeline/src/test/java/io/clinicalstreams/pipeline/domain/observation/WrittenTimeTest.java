package io.clinicalstreams.pipeline.domain.observation;

import static io.clinicalstreams.pipeline.domain.Cases.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WrittenTimeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Instant first = NOON.minus(HOUR);
    private final Instant last = NOON.plus(HOUR);
    private final WrittenTime twoHours = new WrittenTime(first, last);

    @Test
    void whileItLastsItIsNow() {
        assertThat(twoHours.asOf(NOON)).isEqualTo(NOON);
        assertThat(twoHours.asOf(first)).isEqualTo(first);
        assertThat(twoHours.asOf(last)).isEqualTo(last);
    }

    @Test
    void onceOverItIsItsEnd() {
        assertThat(twoHours.asOf(last.plusNanos(1))).isEqualTo(last);
    }

    @Test
    void beforeItBeginsItIsItsStart() {
        assertThat(twoHours.asOf(first.minusNanos(1))).isEqualTo(first);
    }

    @Test
    void anInstantIsIndependentOfTheInputsTime() {
        WrittenTime moment = WrittenTime.at(NOON);

        assertThat(moment.asOf(first)).isEqualTo(NOON);
        assertThat(moment.asOf(NOON)).isEqualTo(NOON);
        assertThat(moment.asOf(last)).isEqualTo(NOON);
    }

    @Test
    void itDoesNotEndBeforeItBegins() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WrittenTime(/* first= */ last, /* last= */ first));
    }
}
