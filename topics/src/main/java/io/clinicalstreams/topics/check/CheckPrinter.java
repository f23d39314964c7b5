package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results of checks, as a table or as JSON.
 *
 * @param about further fields of the JSON, by name
 * @param held whether all checks together count as held
 */
public record CheckPrinter(Map<String, Object> about, List<CheckResult> results, boolean held) {

    public void print(OutputOption output) {
        output.print(this::table, this::fields);
    }

    /** Name and verdict are in the first line of a check. */
    public Table table() {
        Table table = new Table("CHECK", "RESULT", "DETAIL");
        for (CheckResult result : results) {
            String name = result.name();
            String verdict = result.verdict().toString();
            for (String detail : result.details()) {
                table.row(name, verdict, detail);
                name = "";
                verdict = "";
            }
        }
        return table;
    }

    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(about);
        fields.put("held", held);
        fields.put("checks", results);
        return fields;
    }
}
