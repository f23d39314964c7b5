package io.clinicalstreams.trial;

import io.clinicalstreams.pipeline.ledger.Accounting;
import io.clinicalstreams.topics.terminal.Table;
import io.clinicalstreams.topics.wire.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of everything in the files.
 *
 * @param documents lines and whole files
 * @param resources in them: the entries of a Bundle, else one in a document
 * @param patients with at least one dated Observation
 * @param rejected resources that the recording lane rejects, by reason: in {@code counts}, they are passed over
 * @param counts as in the ledger: of each resource one outcome, and what was found in evaluated Observations
 * @param withoutFinding evaluated Observations in which nothing was found: no alert, nothing suppressed, nothing that could
 *     not be evaluated
 */
public record TrialSummary(
        long documents,
        long resources,
        long patients,
        Map<Reason, Long> rejected,
        Map<Accounting, Map<String, Long>> counts,
        long withoutFinding) {

    /** Whether each resource has exactly one outcome. */
    public boolean isAccounted() {
        long outcomes = counts.entrySet().stream()
                .filter(group -> group.getKey().isOutcome())
                .flatMap(group -> group.getValue().values().stream())
                .mapToLong(Long::longValue)
                .sum();
        return outcomes == resources + forwarded();
    }

    /** What duplicates forwarded has an outcome there too; the Patient that moves a state is itself noted. */
    private long forwarded() {
        return counts.getOrDefault(Accounting.FORWARDED, Map.of()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                + counts.getOrDefault(Accounting.MERGES, Map.of()).getOrDefault("moved", 0L);
    }

    /** The fields of its JSON. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("documents", documents);
        fields.put("resources", resources);
        fields.put("patients", patients);
        Map<String, Object> outcomes = new LinkedHashMap<>();
        Map<String, Object> findings = new LinkedHashMap<>();
        counts.forEach((what, reasons) -> (what.isOutcome() ? outcomes : findings).put(what.label(), reasons));
        fields.put("outcomes", outcomes);
        fields.put("rejected", new TreeMap<>(rejected));
        fields.put("findings", findings);
        fields.put("withoutFinding", withoutFinding);
        fields.put("accounted", isAccounted());
        return fields;
    }

    public Table table() {
        Table table = new Table("OUTCOME", "REASON", "COUNT");
        table.row("documents", "", Long.toString(documents));
        table.row("resources", "", Long.toString(resources));
        table.row("patients", "", Long.toString(patients));
        counts.forEach((what, reasons) ->
                reasons.forEach((reason, count) -> table.row(what.label(), reason, Long.toString(count))));
        table.row("without finding", "Observation", Long.toString(withoutFinding));
        rejected.forEach((reason, count) -> table.row("rejected", reason.name(), Long.toString(count)));
        return table;
    }
}
