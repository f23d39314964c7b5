package io.clinicalstreams.verifier.account;

import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Rekeying;
import io.clinicalstreams.verifier.source.RecordedType;
import java.util.Map;
import java.util.TreeMap;

/** Counts each settlement once: recorded, rejected, ignored or lost. */
final class Count {

    private final Map<String, Long> recorded = new TreeMap<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<String, Long> ignored = new TreeMap<>();
    private final ProblemList problems;
    private long sent;
    private long lost;
    private long altered;
    private long duplicated;

    Count(ProblemList problems) {
        this.problems = problems;
        for (RecordedType destination : RecordedType.values()) {
            recorded.put(destination.topic(), 0L);
        }
    }

    void lost() {
        sent++;
        lost++;
    }

    void add(ResourceAccount settlement) {
        Expected expected = settlement.expected();
        RecordedType recordedIn = settlement.recordedIn();
        String rejectedFor = settlement.rejectedFor();
        if (recordedIn != null) {
            one(recorded, recordedIn.topic());
        } else if (rejectedFor != null) {
            one(rejected, rejectedFor);
        } else if (expected.ignoredAs() != null) {
            one(ignored, expected.ignoredAs());
        } else {
            lose(settlement);
            return;
        }
        sent++;
        duplicates(settlement);
        boolean demanded = expected.rekeying() == Rekeying.YES && rejectedFor == null;
        if (demanded && !settlement.wasRekeyed()) {
            problems.add(expected.origin(), "was not re-keyed");
        }
    }

    private void lose(ResourceAccount settlement) {
        lost();
        if (settlement.isAltered()) {
            altered++;
        }
        problems.add(settlement.expected().origin(), settlement.isAltered() ? "was altered" : "was lost");
        duplicates(settlement);
    }

    private void duplicates(ResourceAccount settlement) {
        int extra = settlement.extra();
        duplicated += extra;
        if (extra > 0) {
            problems.add(settlement.expected().origin(), "has " + extra + " outcomes or re-sendings too many");
        }
    }

    Verdict verdict(long rekeyed, long strays) {
        return new Verdict(
                sent,
                recorded,
                rejected,
                ignored,
                rekeyed,
                lost,
                altered,
                duplicated + strays,
                problems.count(),
                problems.lines());
    }

    private static void one(Map<String, Long> counts, String name) {
        counts.merge(name, 1L, Long::sum);
    }
}
