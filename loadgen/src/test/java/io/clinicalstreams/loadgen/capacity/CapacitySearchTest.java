package io.clinicalstreams.loadgen.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacitySearchTest {

    private static final CapacitySearch SEARCH = new CapacitySearch(500, 1_000_000, 0.1, 3);

    private final List<Attempt> attempts = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 40, 499, 500, 501, 1_777, 25_000, 640_000})
    void findsTheCapacityOfASystemThatIsAlwaysTheSame(double capacity) throws Exception {
        Capacity found = find(SEARCH, rate -> rate <= capacity);

        assertThat(found.holds().orElseThrow()).isLessThanOrEqualTo(capacity);
        assertThat(found.fails().orElseThrow()).isGreaterThan(capacity);
        assertThat(found.fails().orElseThrow() / found.holds().orElseThrow())
                .as("as narrow as whole records per second allow")
                .isLessThanOrEqualTo(capacity < 10 ? 2 : 1.101);
        assertThat(found.count(found.holds().orElseThrow(), true)).isEqualTo(3);
        assertThat(found.count(found.fails().orElseThrow(), false)).isEqualTo(3);
        assertThat(found.attempts()).hasSizeLessThanOrEqualTo(SEARCH.mostAttempts());
    }

    @Test
    void hasNoCapacityIfEvenTheSlowestRateFails() throws Exception {
        Capacity found = find(SEARCH, rate -> false);

        assertThat(found.holds()).isEmpty();
        assertThat(found.fails()).hasValue(1);
        assertThat(found.failures(1)).containsExactly("too much");
    }

    @Test
    void triesNothingAboveTheHighestRate() throws Exception {
        Capacity found = find(new CapacitySearch(500, 3_000, 0.1, 2), rate -> true);

        assertThat(found.attempts())
                .extracting(Attempt::rate)
                .containsExactly(500.0, 1_000.0, 2_000.0, 3_000.0, 3_000.0);
        assertThat(found.holds()).hasValue(3_000);
        assertThat(found.fails()).isEmpty();
    }

    /** Between 900 and 1,100 it holds at times, so neither end may be there. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void neverPromisesARateThatFailedOnce(long seed) throws Exception {
        Random random = new Random(seed);
        Capacity found = find(SEARCH, rate -> rate < 900 || (rate <= 1_100 && random.nextBoolean()));
        double holds = found.holds().orElseThrow();

        assertThat(found.attempts())
                .filteredOn(attempt -> attempt.rate() <= holds)
                .allMatch(Attempt::held);
        assertThat(found.attempts())
                .filteredOn(attempt -> attempt.rate() == found.fails().orElseThrow())
                .noneMatch(Attempt::held);
        assertThat(holds).isLessThan(1_100);
        assertThat(found.fails().orElseThrow()).isGreaterThan(900);
        assertThat(found.count(holds, true)).isGreaterThanOrEqualTo(1);
    }

    /** Downwards, with a system that contradicts itself: what costs the most. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void neverMakesMoreAttemptsThanItSaid(long seed) throws Exception {
        Random random = new Random(seed);
        CapacitySearch search = new CapacitySearch(500, 500, 0.01 + random.nextDouble(), 1 + random.nextInt(4));
        double capacity = 1 + random.nextInt(20);
        double doubtful = 1 + random.nextDouble();
        Capacity found =
                find(search, rate -> rate < capacity || (rate <= doubtful * capacity && random.nextInt(4) > 0));

        assertThat(found.attempts()).hasSizeLessThanOrEqualTo(search.mostAttempts());
    }

    @Test
    void saysHowManyAttemptsAreUsual() {
        assertThat(SEARCH.usualAttempts())
                .as("12 doublings, 3 halvings, 2 repeats of each end")
                .isEqualTo(19);
    }

    @Test
    void leavesTheAttemptsOfASearchThatWasInterrupted() {
        assertThatThrownBy(() -> SEARCH.find(
                        rate -> {
                            if (rate > 2_000) {
                                throw new InterruptedException();
                            }
                            return new Attempt(rate, List.of());
                        },
                        attempts))
                .isInstanceOf(InterruptedException.class);

        assertThat(new Capacity(attempts).holds()).hasValue(2_000);
        assertThat(new Capacity(attempts).fails()).isEmpty();
    }

    private Capacity find(CapacitySearch search, DoublePredicate holds) throws Exception {
        return search.find(rate -> new Attempt(rate, holds.test(rate) ? List.of() : List.of("too much")), attempts);
    }
}
