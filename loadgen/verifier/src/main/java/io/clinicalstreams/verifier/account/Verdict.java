package io.clinicalstreams.verifier.account;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of every resource that was sent. Counts are of resources: a Bundle that can be split counts as its
 * entries.
 *
 * @param recorded by logical topic name
 * @param rejected by reason code
 * @param ignored by reason, mostly a resource type
 * @param lost without an outcome that holds its content; records that were acknowledged and are not there are in it
 * @param altered how many of the lost have outcomes, but of another content
 * @param duplicated outcomes and re-sendings beyond the first of a resource, and outputs that came from nothing
 * @param problemCount everything that is not as it has to be, loss and duplication included
 * @param problems the first of them, a line each, by coordinates
 */
public record Verdict(
        long sent,
        Map<String, Long> recorded,
        Map<String, Long> rejected,
        Map<String, Long> ignored,
        long rekeyed,
        long lost,
        long altered,
        long duplicated,
        long problemCount,
        List<String> problems) {

    private static final int NOT_HELD = 3;

    public Verdict {
        recorded = Collections.unmodifiableMap(new TreeMap<>(recorded));
        rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
        ignored = Collections.unmodifiableMap(new TreeMap<>(ignored));
        problems = List.copyOf(problems);
        if (sent != sum(recorded.values()) + sum(rejected.values()) + sum(ignored.values()) + lost) {
            throw new IllegalStateException("the verdict does not add up");
        }
    }

    /** Nothing lost, nothing duplicated, everything where and as it has to be. */
    public boolean isGood() {
        return lost == 0 && duplicated == 0 && problemCount == 0;
    }

    /** 0, or 3 when something did not hold. */
    public int exitCode() {
        return isGood() ? 0 : NOT_HELD;
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
