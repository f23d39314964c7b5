package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a patient's Observations for a rule. Readings of other analytes are remembered too: a later version
 * may be about this rule.
 *
 * @param readings in the order of their time; of the same time, of their arrival
 * @param withdrawn the latest version of each Observation of which nothing else is kept, by identity
 */
record Remembered(List<Kept> readings, Map<String, Fact.Observed> withdrawn) {

    static final Remembered NOTHING = new Remembered(List.of(), Map.of());

    Remembered {
        readings = List.copyOf(readings);
        withdrawn = Map.copyOf(withdrawn);
    }

    /** The latest version of an Observation that is kept. */
    Fact.@Nullable Observed version(String identity) {
        return readings.stream()
                .map(Kept::observed)
                .filter(kept -> kept.identity().equals(identity))
                .findFirst()
                .orElse(null);
    }

    /** Those about the incidents of the rule. */
    List<Kept> about() {
        return only(Kept::isAbout);
    }

    /** The readings of an Observation. */
    List<Kept> of(String identity) {
        return only(kept -> kept.identity().equals(identity));
    }

    /** Whether a reading of an Observation is about the incidents of the rule. */
    boolean isAbout(String identity) {
        return of(identity).stream().anyMatch(Kept::isAbout);
    }

    /** @param opens whether it begins an incident if it is not late: then a newer reading must be so by all clocks */
    boolean isLate(Kept reading, boolean opens) {
        return about().stream()
                .map(kept -> opens ? kept.earliest() : kept.order())
                .anyMatch(reading.order()::isBefore);
    }

    Remembered with(Kept reading) {
        List<Kept> all = new ArrayList<>(readings);
        all.add(reading);
        return inOrder(all);
    }

    /** @param now the readings of a later version, which take the place of the earlier one's of the same time */
    Remembered with(List<Kept> now, String identity) {
        List<Kept> all = new ArrayList<>();
        List<Kept> left = new ArrayList<>(now);
        for (Kept kept : readings) {
            boolean isEarlier = kept.identity().equals(identity);
            List<Kept> instead = isEarlier
                    ? left.stream()
                            .filter(each -> each.order().equals(kept.order()))
                            .toList()
                    : List.of(kept);
            all.addAll(instead);
            left.removeAll(instead);
        }
        all.addAll(left);
        return inOrder(all);
    }

    private Remembered inOrder(List<Kept> all) {
        all.sort(Comparator.comparing(Kept::order));
        return new Remembered(all, withdrawn);
    }

    /** Of several such versions of an Observation the latest counts. */
    Remembered withdrawing(Fact.Observed observed) {
        Map<String, Fact.Observed> all = new HashMap<>(withdrawn);
        all.merge(observed.identity(), observed, (one, other) -> other.against(one) < 0 ? one : other);
        return new Remembered(only(kept -> !kept.identity().equals(observed.identity())), all);
    }

    Remembered reinstating(String identity) {
        Map<String, Fact.Observed> others = new HashMap<>(withdrawn);
        others.remove(identity);
        return new Remembered(readings, others);
    }

    /** Only the latest readings of each list. */
    Remembered limited() {
        if (readings.size() <= Kept.MOST) {
            return this;
        }
        Map<List<String>, Integer> fromTheLast = new HashMap<>();
        List<Kept> latest = new ArrayList<>();
        for (int i = readings.size() - 1; i >= 0; i--) {
            Kept kept = readings.get(i);
            if (!kept.isAbout()
                    || kept.whether() == Kept.Whether.PERHAPS
                    || fromTheLast.merge(kept.list(), 1, Integer::sum) <= Kept.MOST) {
                latest.add(0, kept);
            }
        }
        return new Remembered(latest, withdrawn);
    }

    /**
     * Only the readings from a time on, and the latest of each list.
     *
     * @param elsewhere the time from which readings of other analytes are kept, if they are
     */
    Remembered since(Instant time, Instant elsewhere) {
        Map<List<String>, Kept> latest = new HashMap<>();
        readings.stream()
                .filter(kept -> kept.isAbout() && kept.whether() != Kept.Whether.PERHAPS)
                .forEach(kept -> latest.put(kept.list(), kept));
        Collection<Kept> always = latest.values();
        Predicate<Kept> surely = kept -> switch (kept.whether()) {
            case SURELY, WHILE_OPEN -> always.contains(kept) || !kept.order().isBefore(time);
            case ELSEWHERE -> !kept.order().isBefore(elsewhere);
            case PERHAPS, PERHAPS_ELSEWHERE -> false;
        };
        return new Remembered(only(surely), withdrawn);
    }

    private List<Kept> only(Predicate<Kept> which) {
        return readings.stream().filter(which).toList();
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Remembered[hidden]";
    }
}
