package io.clinicalstreams.application.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times that were measured until the next alert from every partition, after one fault or several. */
record Recoveries(Duration median, Duration longest) {

    private static final Pattern TEXT = Pattern.compile("(\\d+)\\.(\\d) s, (\\d+)\\.(\\d) s");

    static Recoveries of(List<Duration> measured) {
        List<Duration> sorted = measured.stream().sorted().toList();
        return new Recoveries(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }

    /** Of its text; empty if the text says something else. */
    static Optional<Recoveries> parse(String text) {
        Matcher times = TEXT.matcher(text);
        return times.matches()
                ? Optional.of(new Recoveries(
                        tenths(times.group(1) + times.group(2)), tenths(times.group(3) + times.group(4))))
                : Optional.empty();
    }

    private static Duration tenths(String count) {
        return Duration.ofMillis(100 * Long.parseLong(count));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f s, %.1f s", median.toMillis() / 1e3, longest.toMillis() / 1e3);
    }
}
