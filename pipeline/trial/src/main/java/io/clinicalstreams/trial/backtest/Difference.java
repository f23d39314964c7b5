package io.clinicalstreams.trial.backtest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An alert that two rule sets do not treat alike. It is the same alert if patient, rule and the Observation that opened it
 * are the same.
 *
 * @param before its transitions under the first rule set, each with time and severity; empty if that does not raise it
 * @param after and under the other
 */
record Difference(Kind kind, String patient, String rule, String alertId, List<String> before, List<String> after) {

    enum Kind {
        ADDED,
        LOST,
        CHANGED;

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In the order of the first set's alerts, then of those that only the other raises. */
    static List<Difference> between(AlertHistory first, AlertHistory other) {
        Map<String, List<AlertEvent>> before = first.byAlert();
        Map<String, List<AlertEvent>> after = other.byAlert();
        Map<String, List<AlertEvent>> all = new LinkedHashMap<>(before);
        after.forEach(all::putIfAbsent);
        List<Difference> differences = new ArrayList<>();
        all.forEach((id, events) -> {
            List<String> was = course(before.getOrDefault(id, List.of()));
            List<String> is = course(after.getOrDefault(id, List.of()));
            if (!was.equals(is)) {
                Kind kind = was.isEmpty() ? Kind.ADDED : is.isEmpty() ? Kind.LOST : Kind.CHANGED;
                AlertEvent opening = events.get(0);
                differences.add(new Difference(kind, opening.patient(), opening.rule(), id, was, is));
            }
        });
        return differences;
    }

    private static List<String> course(List<AlertEvent> events) {
        return events.stream()
                .map(event -> event.at() + " " + event.transition() + " " + event.severity())
                .toList();
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "Difference[hidden]";
    }
}
