package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import org.jspecify.annotations.Nullable;

/**
 * An episode as the kept readings tell it, in the order of their clinical time.
 *
 * @param decidedBy the reading that last determined the severity, or the end
 * @param criterion its deciding criterion, as text
 */
public record RecomputedEpisode(
        Severity severity,
        Evidence opening,
        Evidence latest,
        Evidence worst,
        Evidence decidedBy,
        String criterion,
        boolean preliminary,
        boolean generated,
        boolean ended) {

    /**
     * The episode as it stood when readings were forgotten.
     *
     * @param changed an Observation that does not count; null if all do
     */
    public static RecomputedEpisode before(Episode episode, @Nullable ObservationIdentity changed) {
        Evidence latest = episode.latest().observation().equals(changed) ? episode.opening() : episode.latest();
        return new RecomputedEpisode(
                episode.severity(),
                episode.opening(),
                latest,
                episode.worst().observation().equals(changed) ? episode.opening() : episode.worst(),
                latest,
                "",
                episode.preliminary(),
                episode.generated(),
                false);
    }

    /** Whether it is what an episode that is known became. */
    public boolean isOf(Episode episode) {
        return opening.observation().equals(episode.opening().observation())
                || (!opening.time().isAfter(episode.latest().time())
                        && (!ended || latest.time().isAfter(episode.opening().time())));
    }

    /** Whether it says what the episode says. */
    public boolean isSameAs(Episode episode) {
        return severity == episode.severity()
                && preliminary == episode.preliminary()
                && opening.equals(episode.opening())
                && latest.equals(episode.latest())
                && worst.equals(episode.worst());
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "RecomputedEpisode[hidden]";
    }
}
