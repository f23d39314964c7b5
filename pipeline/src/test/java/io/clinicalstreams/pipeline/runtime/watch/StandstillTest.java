package io.clinicalstreams.pipeline.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Standstill standstill = new Standstill();

    @Test
    void countsFromTheFirstLookAtAValue() {
        standstill.look(Map.of("p0", 5), SECOND);
        assertThat(standstill.longest()).isZero();

        standstill.look(Map.of("p0", 5), SECOND);
        standstill.look(Map.of("p0", 5), SECOND.multipliedBy(2));

        assertThat(standstill.longest()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void startsAgainWhenTheValueMoves() {
        look(5, 5, 6);

        assertThat(standstill.longest()).isZero();
    }

    @Test
    void forgetsWhatNeedNotMoveAnyMore() {
        look(5, 5);
        standstill.look(Map.of(), SECOND);
        assertThat(standstill.longest()).isZero();

        standstill.look(Map.of("p0", 5), SECOND);

        assertThat(standstill.longest()).as("seen for the first time again").isZero();
    }

    @Test
    void namesTheOldestAndCountsOnlyOthersThatAreLateToo() {
        look(5, 5, 5);
        standstill.look(Map.of("p0", 5, "p1", 7), SECOND);
        standstill.look(Map.of("p0", 5, "p1", 7), SECOND);

        assertThat(standstill.oldest(Duration.ofSeconds(2))).contains(new Standstill.Oldest("p0", 5, 0));
        assertThat(standstill.oldest(SECOND)).contains(new Standstill.Oldest("p0", 5, 1));
        assertThat(standstill.oldest(Duration.ofSeconds(9))).isEmpty();
    }

    private void look(Integer... values) {
        for (Integer value : values) {
            standstill.look(Map.of("p0", value), SECOND);
        }
    }
}
