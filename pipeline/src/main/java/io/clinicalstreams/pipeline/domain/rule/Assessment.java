package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import org.jspecify.annotations.Nullable;

/** What one reading means to one rule: what the course of an episode depends on. */
public interface Assessment {

    /** The gravest level that is met for certain; null when none is. */
    @Nullable
    Severity met();

    /** Whether a graver level than {@link #met} may be met, or not. */
    default boolean higherUndecided() {
        return false;
    }

    /** Whether it ends an episode, for certain. */
    boolean cleared();

    /** In words, what it met; when it met nothing, what it has to meet to end an episode. */
    String criterion();

    /** Positive when the reading is more extreme than another; null when the two cannot be compared. */
    default @Nullable Integer beyond(Evidence other) {
        return null;
    }
}
