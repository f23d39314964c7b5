package io.clinicalstreams.trial.explain;

import io.clinicalstreams.topics.terminal.Table;
import java.time.Instant;
import java.util.List;

/**
 * What one input did, or the time without input, and why.
 *
 * @param input its coordinates
 * @param received when it was received, or until when the time passed
 * @param patient the patient key; empty if there is none
 * @param readings what was measured
 * @param rules what each rule that listens made of it: its version, the conversion, the level and the reason
 * @param before the patient's alerts before, and {@code after} it
 * @param outcome what it was counted as, and its transitions
 */
record Explanation(
        String input,
        String received,
        String patient,
        List<String> readings,
        List<String> rules,
        List<String> before,
        List<String> after,
        List<String> outcome) {

    /** Of a transition that no input caused: the log's time did. */
    static Explanation ofTime(Instant at, String patient, String alert, String transition) {
        return new Explanation(
                "none: the time passed",
                at.toString(),
                patient,
                List.of(),
                List.of(alert),
                List.of(),
                List.of(),
                List.of(transition));
    }

    Table table() {
        Table table = new Table("WHAT", "VALUE");
        rows(table, "input", List.of(input));
        rows(table, "received", List.of(received));
        rows(table, "patient", List.of(patient));
        rows(table, "reading", readings);
        rows(table, "rule", rules);
        rows(table, "before", before);
        rows(table, "after", after);
        rows(table, "outcome", outcome);
        return table;
    }

    private static void rows(Table table, String what, List<String> values) {
        if (values.isEmpty()) {
            table.row(what, "none");
        }
        values.forEach(value -> table.row(what, value));
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "Explanation[" + input + ']';
    }
}
