package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The readings, withdrawals and stays of a patient together with those of a duplicate. Of an Observation or Encounter that
 * both have, the later version counts. The work is in proportion to the readings.
 */
final class JoinedReadings {

    private JoinedReadings() {}

    static PatientState of(PatientState state, PatientState moved) {
        PatientState joined = without(withdrawn(state), moved, state);
        Map<Long, Withdrawal> withdrawn = withdrawn(without(withdrawn(moved), state, moved));
        for (Withdrawal withdrawal : withdrawn.values()) {
            boolean isKnown = joined.withdrawals().stream().anyMatch(each -> each.digest() == withdrawal.digest());
            joined = isKnown ? joined : joined.with(withdrawal);
        }
        Map<ObservationIdentity, KeptReading> mine = new HashMap<>();
        state.histories().stream()
                .flatMap(history -> history.readings().stream())
                .filter(reading -> withdrawn.isEmpty()
                        || counts(reading, withdrawn.get(reading.identity().digest())))
                .forEach(reading -> mine.putIfAbsent(reading.identity(), reading));
        Map<ObservationIdentity, Boolean> news = new HashMap<>();
        for (AnalyteHistory history : moved.histories()) {
            for (KeptReading reading : history.readings()) {
                if (!news.containsKey(reading.identity())) {
                    news.put(reading.identity(), isNews(reading, mine.get(reading.identity()), joined));
                }
            }
        }
        return joined.replacing(joined.episodes(), histories(state, moved, mine, news))
                .with(stays(state.stays(), moved.stays()));
    }

    /** @param news of the Observations that the duplicate has, whether its version is the later one */
    private static List<AnalyteHistory> histories(
            PatientState state,
            PatientState moved,
            Map<ObservationIdentity, KeptReading> mine,
            Map<ObservationIdentity, Boolean> news) {
        Map<List<Coding>, AnalyteHistory> joined = new LinkedHashMap<>();
        for (AnalyteHistory history : state.histories()) {
            List<KeptReading> kept = history.readings().stream()
                    .filter(reading ->
                            mine.containsKey(reading.identity()) && !news.getOrDefault(reading.identity(), false))
                    .toList();
            if (!kept.isEmpty()) {
                joined.put(history.codings(), new AnalyteHistory(history.codings(), kept));
            }
        }
        for (AnalyteHistory history : moved.histories()) {
            for (KeptReading reading : history.readings()) {
                if (news.getOrDefault(reading.identity(), false)) {
                    AnalyteHistory before =
                            joined.getOrDefault(history.codings(), new AnalyteHistory(history.codings(), List.of()));
                    joined.put(history.codings(), before.with(reading, before));
                }
            }
        }
        return List.copyOf(joined.values());
    }

    private static List<HospitalStay> stays(List<HospitalStay> mine, List<HospitalStay> moved) {
        List<HospitalStay> joined = new ArrayList<>(mine);
        for (HospitalStay stay : moved) {
            HospitalStay known = mine.stream()
                    .filter(each -> each.id().equals(stay.id()))
                    .findFirst()
                    .orElse(null);
            if (known == null || stay.isAfter(known)) {
                joined.remove(known);
                joined.add(stay);
            }
        }
        return PatientState.bounded(joined);
    }

    private static Map<Long, Withdrawal> withdrawn(PatientState state) {
        Map<Long, Withdrawal> withdrawn = new LinkedHashMap<>();
        state.withdrawals().forEach(withdrawal -> withdrawn.put(withdrawal.digest(), withdrawal));
        return withdrawn;
    }

    /** A state without the withdrawals that do not count for the other's readings. */
    private static PatientState without(Map<Long, Withdrawal> withdrawn, PatientState other, PatientState state) {
        PatientState without = state;
        for (AnalyteHistory history : withdrawn.isEmpty() ? List.<AnalyteHistory>of() : other.histories()) {
            for (KeptReading reading : history.readings()) {
                Withdrawal withdrawal = withdrawn.get(reading.identity().digest());
                without = withdrawal != null && counts(reading, withdrawal) ? without.without(withdrawal) : without;
            }
        }
        return without;
    }

    private static boolean isNews(KeptReading reading, @Nullable KeptReading mine, PatientState state) {
        return counts(reading, state.withdrawal(reading.identity()))
                && (mine == null || reading.version().against(mine.version()) > 0);
    }

    /** If versions do not tell, a withdrawal is only its own patient's: the result may have moved to the other. */
    private static boolean counts(KeptReading reading, @Nullable Withdrawal withdrawal) {
        return withdrawal == null || reading.version().against(withdrawal.version()) >= 0;
    }
}
