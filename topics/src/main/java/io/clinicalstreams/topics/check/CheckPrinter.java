package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results of checks for eyes or for programs.
 *
 * @param about what else programs are told, by name
 * @param held whether all of them together are fine
 */
public record CheckPrinter(Map<String, Object> about, List<CheckResult> results, boolean held) {

    public void print(OutputOption output) {
        output.print(this::table, this::fields);
    }

    /** The name and the verdict stand in the first of a check's lines. */
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
