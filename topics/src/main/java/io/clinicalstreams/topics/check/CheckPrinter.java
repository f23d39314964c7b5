package io.clinicalstreams.topics.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.terminal.OutputFormat;
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

    public String print(OutputFormat output) throws JsonProcessingException {
        return switch (output) {
            case TABLE -> table();
            case JSON ->
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(fields());
        };
    }

    /** The name and the verdict stand in the first of a check's lines. */
    private String table() {
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
        return table.toString();
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(about);
        fields.put("held", held);
        fields.put("checks", results.stream().map(CheckPrinter::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(CheckResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", result.name());
        fields.put("result", result.verdict().toString());
        fields.put("details", result.details());
        return fields;
    }
}
