package io.clinicalstreams.verifier.account;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The outcome of every resource sent. Counts are of resources: a Bundle that can be split counts as its entries.
 *
 * @param recorded by logical topic name
 * @param rejected by reason code
 * @param ignored by reason, usually the resource type
 * @param lost resources without an outcome that holds their content, including acknowledged records that are missing
 * @param altered how many of the lost have outcomes with different content
 * @param duplicated outcomes and re-keyed records beyond the first of a resource, and outputs without an input
 * @param otherProblems other errors, such as a wrong reason, key or partition
 * @param lostLines the first lost resources, one line each, by coordinates
 * @param duplicateLines the first of the duplicated
 * @param otherLines the first of the other problems
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
        long otherProblems,
        @JsonIgnore List<String> lostLines,
        @JsonIgnore List<String> duplicateLines,
        @JsonIgnore List<String> otherLines) {

    public Verdict {
        recorded = Collections.unmodifiableMap(new TreeMap<>(recorded));
        rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
        ignored = Collections.unmodifiableMap(new TreeMap<>(ignored));
        lostLines = List.copyOf(lostLines);
        duplicateLines = List.copyOf(duplicateLines);
        otherLines = List.copyOf(otherLines);
        if (sent != sum(recorded.values()) + sum(rejected.values()) + sum(ignored.values()) + lost) {
            throw new IllegalStateException("the verdict does not add up");
        }
    }

    /** Nothing lost, nothing duplicated, no other problems. */
    @JsonIgnore
    public boolean isGood() {
        return lost == 0 && duplicated == 0 && otherProblems == 0;
    }

    /** The first lines of all problems. */
    public List<String> problems() {
        return Stream.of(lostLines, duplicateLines, otherLines)
                .flatMap(List::stream)
                .toList();
    }

    /** Every resource has an outcome with its content: recorded, rejected or ignored. */
    public Promise nothingLost() {
        return () -> broken(lost, " of " + sent + " resources are lost", lostLines);
    }

    /** No resource has two outcomes, and every output has an input. */
    public Promise nothingDuplicated() {
        return () -> broken(duplicated, " outcomes are duplicates", duplicateLines);
    }

    /** Every outcome is as expected: the right topic, key and partition, or the right reason. */
    public Promise outcomesCorrect() {
        return () -> broken(otherProblems, " outcomes are incorrect", otherLines);
    }

    private static List<String> broken(long count, String what, List<String> lines) {
        return count == 0
                ? List.of()
                : Stream.concat(Stream.of(count + what), lines.stream()).toList();
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
