package io.clinicalstreams.verifier.account;

import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Rekeying;
import io.clinicalstreams.verifier.source.RecordedType;
import java.util.Map;
import java.util.TreeMap;

/** Counts each resource once: recorded, rejected, ignored or lost. */
final class Count {

    private final Map<String, Long> recorded = new TreeMap<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<String, Long> ignored = new TreeMap<>();
    private final ProblemList lostLines;
    private final ProblemList duplicateLines;
    private final ProblemList problems;
    private long sent;
    private long lost;
    private long altered;
    private long duplicated;

    /** @param problems what is neither a loss nor a duplicate */
    Count(ProblemList lostLines, ProblemList duplicateLines, ProblemList problems) {
        this.lostLines = lostLines;
        this.duplicateLines = duplicateLines;
        this.problems = problems;
        for (RecordedType destination : RecordedType.values()) {
            recorded.put(destination.topic(), 0L);
        }
    }

    void lost() {
        sent++;
        lost++;
    }

    void add(ResourceAccount account) {
        Expected expected = account.expected();
        RecordedType recordedIn = account.recordedIn();
        String rejectedFor = account.rejectedFor();
        if (recordedIn != null) {
            one(recorded, recordedIn.topic());
        } else if (rejectedFor != null) {
            one(rejected, rejectedFor);
        } else if (expected.ignoredAs() != null) {
            one(ignored, expected.ignoredAs());
        } else {
            lose(account);
            return;
        }
        sent++;
        duplicates(account);
        boolean demanded = expected.rekeying() == Rekeying.YES && rejectedFor == null;
        if (demanded && !account.wasRekeyed()) {
            problems.add(expected.origin(), "was not re-keyed");
        }
    }

    private void lose(ResourceAccount account) {
        lost();
        if (account.isAltered()) {
            altered++;
        }
        lostLines.add(account.expected().origin(), account.isAltered() ? "was altered" : "was lost");
        duplicates(account);
    }

    private void duplicates(ResourceAccount account) {
        int extra = account.extra();
        duplicated += extra;
        if (extra > 0) {
            duplicateLines.add(account.expected().origin(), "has " + extra + " outcomes or re-sendings too many");
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
                lostLines.lines(),
                duplicateLines.lines(),
                problems.lines());
    }

    private static void one(Map<String, Long> counts, String name) {
        counts.merge(name, 1L, Long::sum);
    }
}
