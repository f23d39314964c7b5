package io.clinicalstreams.application.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The times that were measured until the next alert from every partition, after one fault or several. */
record Recoveries(Duration median, Duration longest) {

    static Recoveries of(List<Duration> measured) {
        List<Duration> sorted = measured.stream().sorted().toList();
        return new Recoveries(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f s, %.1f s", median.toMillis() / 1e3, longest.toMillis() / 1e3);
    }
}
