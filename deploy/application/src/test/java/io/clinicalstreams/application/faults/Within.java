package io.clinicalstreams.application.faults;

import java.time.Duration;

/** The times promised until the next alert from every partition, committed. */
record Within(Duration median, Duration most) {

    static Within of(int medianSeconds, int mostSeconds) {
        return new Within(Duration.ofSeconds(medianSeconds), Duration.ofSeconds(mostSeconds));
    }

    static Within seconds(int most) {
        return of(most, most);
    }

    boolean holds(Recoveries measured) {
        return measured.median().compareTo(median) <= 0 && measured.longest().compareTo(most) <= 0;
    }

    @Override
    public String toString() {
        return median.equals(most)
                ? most.toSeconds() + " s"
                : median.toSeconds() + " s median, " + most.toSeconds() + " s at most";
    }
}
