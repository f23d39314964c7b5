package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.RecomputedEpisode;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.rule.Assessment;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.topics.wire.PatientKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the kept readings of a rule in the order of their clinical time: its episodes as they would have been,
 * had each reading come in time and in its latest version.
 *
 * @param state with the readings as they are now
 */
record Recomputation(Assessor assessor, PatientState state, PatientKey patient) {

    /** Of readings under different codes. What arrived together was evaluated in the order of identities. */
    private static final Comparator<Reading> ORDER = Comparator.comparing(Reading::order)
            .thenComparing(Reading::at)
            .thenComparing(reading -> reading.identity().text());

    /**
     * The episodes that the readings tell, in order; all but the last one ended.
     *
     * @param open the open episode: if the reading that opened it is not kept, it was open since then
     * @param changed the Observation that was corrected or withdrawn, of which nothing else counts; null if none was
     */
    List<RecomputedEpisode> episodes(
            Rule rule, @Nullable Coding analyte, @Nullable Episode open, @Nullable ObservationIdentity changed) {
        List<Reading> readings = readings(rule, analyte);
        List<RecomputedEpisode> episodes = new ArrayList<>(2);
        if (open != null && wasOpenBefore(readings, open, changed)) {
            // An older reading, of another code or of a duplicate, does not count for it.
            readings.removeIf(reading -> reading.time().isBefore(open.opening().time()));
            episodes.add(RecomputedEpisode.before(open, changed));
        }
        for (Reading reading : readings) {
            RecomputedEpisode last = episodes.isEmpty() ? null : episodes.get(episodes.size() - 1);
            boolean isOpen = last != null && !last.ended();
            Assessment assessment = assessor.assessment(rule, reading, state, isOpen);
            if (assessment == null) {
                continue;
            }
            if (last != null && isOpen) {
                episodes.set(episodes.size() - 1, continued(last, reading, assessment));
            } else if (assessment.met() != null) {
                episodes.add(opened(assessment.met(), reading, assessment));
            }
        }
        return episodes;
    }

    /** Of all the codings by which the rule knows its analyte. */
    private List<Reading> readings(Rule rule, @Nullable Coding analyte) {
        List<Reading> readings = new ArrayList<>();
        int histories = 0;
        for (AnalyteHistory history : state.histories()) {
            if (rule.isAbout(history.codings(), analyte)) {
                histories++;
                history.readings().forEach(kept -> readings.add(kept.reading(patient, history.codings())));
            }
        }
        if (histories > 1) {
            readings.sort(ORDER);
        }
        return readings;
    }

    /** Whether the reading that opened it is not kept any more, although it counts. */
    private boolean wasOpenBefore(List<Reading> readings, Episode open, @Nullable ObservationIdentity changed) {
        ObservationIdentity opening = open.opening().observation();
        return !opening.equals(changed)
                && state.withdrawal(opening) == null
                && readings.stream().noneMatch(reading -> reading.identity().equals(opening));
    }

    private static RecomputedEpisode opened(Severity met, Reading reading, Assessment assessment) {
        Evidence by = reading.evidence();
        boolean generated = reading.observation().generated();
        return new RecomputedEpisode(
                met, by, by, by, by, assessment.criterion(), reading.isPreliminary(), generated, false);
    }

    private static RecomputedEpisode continued(RecomputedEpisode before, Reading reading, Assessment assessment) {
        Severity met = assessment.met();
        boolean lower = met == null || met.compareTo(before.severity()) < 0;
        if (met != null && lower && assessment.higherUndecided()) {
            return before;
        }
        boolean stays = (met == null && !assessment.cleared()) || (lower && reading.isPreliminary());
        Evidence by = reading.evidence();
        return new RecomputedEpisode(
                stays || met == null ? before.severity() : met,
                before.opening(),
                by,
                Course.worse(assessment, reading, before.worst(), before.severity()),
                stays ? before.decidedBy() : by,
                stays ? before.criterion() : assessment.criterion(),
                before.preliminary(),
                before.generated() || reading.observation().generated(),
                !stays && met == null);
    }
}
