package io.clinicalstreams.pipeline.runtime.watch;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long values that should change have not changed. Time is counted between looks, so time without a look, for
 * example while no broker answers, does not count.
 */
final class Standstill {

    private record Mark(Object value, Duration age) {}

    /**
     * The value that has stood still the longest.
     *
     * @param key what it belongs to, for example a partition
     * @param others how many more have stood still for too long
     */
    record Oldest(Object key, Object value, int others) {}

    private volatile Map<Object, Mark> marks = Map.of();

    /** @param due the values that should change, by what they belong to; all others are forgotten */
    void look(Map<?, ?> due, Duration sinceLastLook) {
        Map<Object, Mark> next = new HashMap<>();
        due.forEach((key, value) -> {
            Mark before = marks.get(key);
            next.put(
                    key,
                    before != null && before.value().equals(value)
                            ? new Mark(value, before.age().plus(sinceLastLook))
                            : new Mark(value, Duration.ZERO));
        });
        marks = next;
    }

    Duration longest() {
        return marks.values().stream()
                .map(Mark::age)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Empty if nothing has stood still for that long. */
    Optional<Oldest> oldest(Duration atLeast) {
        long count = marks.values().stream()
                .filter(mark -> mark.age().compareTo(atLeast) >= 0)
                .count();
        return marks.entrySet().stream()
                .filter(mark -> mark.getValue().age().compareTo(atLeast) >= 0)
                .max(Comparator.<Map.Entry<Object, Mark>, Duration>comparing(
                                mark -> mark.getValue().age())
                        .thenComparing(mark -> mark.getKey().toString(), Comparator.reverseOrder()))
                .map(mark -> new Oldest(mark.getKey(), mark.getValue().value(), (int) count - 1));
    }
}
