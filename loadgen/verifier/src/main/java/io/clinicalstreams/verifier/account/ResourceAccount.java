package io.clinicalstreams.verifier.account;

import io.clinicalstreams.verifier.classify.Expected;
import org.jspecify.annotations.Nullable;

/** One expected resource and its outcomes so far. */
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

    /** @return whether this outcome counts: the first with the right content */
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

    /** Outcomes and re-keyed records beyond the first. */
    int extra() {
        int allowed = expected.ignoredAs() != null && rejectedFor == null ? 0 : 1;
        return Math.max(0, outcomes - allowed) + Math.max(0, rekeyed - 1);
    }

    /** Whether it should have been re-keyed but was not. A rejected or lost resource need not be. */
    boolean lacksRekeying() {
        boolean accepted = recordedIn != null || (rejectedFor == null && expected.ignoredAs() != null);
        return accepted && rekeyed == 0 && expected.rekeying() == Expected.Rekeying.YES;
    }

    /** The topic where it was recorded; null when it was not. */
    @Nullable
    String recordedIn() {
        return recordedIn;
    }

    /** The reason why it was rejected; null when it was not. */
    @Nullable
    String rejectedFor() {
        return rejectedFor;
    }
}
