package io.clinicalstreams.application.faults;

import java.time.Instant;

/**
 * A fault that has happened.
 *
 * @param since the moment from which recovery is measured
 * @param mend undoes the damage, after alerts came again in spite of it
 */
record Struck(Instant since, Runnable mend) {

    /** Nothing is left to mend. */
    static Struck at(Instant since) {
        return new Struck(since, () -> {});
    }

    static Struck now(Runnable mend) {
        return new Struck(Instant.now(), mend);
    }

    Struck and(Struck other) {
        return new Struck(other.since, () -> {
            mend.run();
            other.mend.run();
        });
    }
}
