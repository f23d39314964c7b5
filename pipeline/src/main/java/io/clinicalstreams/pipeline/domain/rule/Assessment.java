package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import org.jspecify.annotations.Nullable;

/** A rule's assessment of one reading, which decides the course of an episode. */
public interface Assessment {

    /** The most severe level that is certainly met; null if none is. */
    @Nullable
    Severity met();

    /** Whether it is undecided if a level more severe than {@link #met} is met. */
    default boolean higherUndecided() {
        return false;
    }

    /** Whether the reading certainly ends an episode. */
    boolean cleared();

    /** Whether only a final result lowers or ends an episode. */
    default boolean needsFinal() {
        return true;
    }

    /** As text: the criterion that was met, or, if none was, the criterion that ends an episode. */
    String criterion();

    /** Positive if the reading is more extreme than the other; null if the two cannot be compared. */
    default @Nullable Integer beyond(Evidence other) {
        return null;
    }
}
