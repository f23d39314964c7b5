package io.clinicalstreams.loadgen.generate;

import org.jspecify.annotations.Nullable;

/** The laboratory results that may still be corrected or withdrawn, each once. */
final class RecentResults {

    private static final int KEPT = 256;

    /**
     * What a result says.
     *
     * @param id number of its resource
     * @param visit number of the patient's encounter
     * @param millis when it was written
     */
    record Result(long id, int test, int patient, int visit, long scaled, boolean critical, long millis) {}

    private final @Nullable Result[] kept = new Result[KEPT];
    private int next;

    void add(Result result) {
        kept[next] = result;
        next = (next + 1) % KEPT;
    }

    /** @param uniform from 0 to 1, which one; null if it was taken before */
    @Nullable
    Result take(double uniform) {
        int taken = (int) (uniform * KEPT);
        Result result = kept[taken];
        kept[taken] = null;
        return result;
    }
}
