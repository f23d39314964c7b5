package io.clinicalstreams.verifier.account;

import io.clinicalstreams.verifier.classify.Expected;
import org.jspecify.annotations.Nullable;

/** One expected resource and what became of it so far. */
final class ResourceAccount {

    private final Expected expected;
    private int outcomes;
    private int rekeyed;
    private boolean intact;
    private @Nullable String recordedIn;
    private @Nullable String rejectedFor;

    ResourceAccount(Expected expected) {
        this.expected = expected;
    }

    Expected expected() {
        return expected;
    }

    /** @return whether this outcome is the one that counts: the first with the right content */
    boolean recorded(String topic, boolean rightContent) {
        boolean counts = outcome(rightContent);
        if (counts) {
            recordedIn = topic;
        }
        return counts;
    }

    boolean rejected(String reason, boolean rightContent) {
        boolean counts = outcome(rightContent);
        if (counts) {
            rejectedFor = reason;
        }
        return counts;
    }

    void rekeyed() {
        rekeyed++;
    }

    private boolean outcome(boolean rightContent) {
        outcomes++;
        boolean counts = rightContent && !intact;
        intact |= rightContent;
        return counts;
    }

    boolean isAltered() {
        return outcomes > 0 && !intact;
    }

    /** Outcomes and re-sendings beyond the first. */
    int extra() {
        int allowed = expected.ignoredAs() != null && rejectedFor == null ? 0 : 1;
        return Math.max(0, outcomes - allowed) + Math.max(0, rekeyed - 1);
    }

    /** Whether it should have come again under its patient's key. A rejected or lost resource need not. */
    boolean lacksRekeying() {
        boolean accepted = recordedIn != null || (rejectedFor == null && expected.ignoredAs() != null);
        return accepted && rekeyed == 0 && expected.rekeying() == Expected.Rekeying.YES;
    }

    /** The topic of its recording; null when it was not recorded. */
    @Nullable
    String recordedIn() {
        return recordedIn;
    }

    /** The reason of its rejection; null when it was not rejected. */
    @Nullable
    String rejectedFor() {
        return rejectedFor;
    }
}
