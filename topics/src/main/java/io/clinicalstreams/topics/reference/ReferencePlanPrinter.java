package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.terminal.OutputFormat;
import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/** A plan for eyes or for programs. */
final class ReferencePlanPrinter {

    private ReferencePlanPrinter() {}

    static String print(ReferencePlan plan, OutputFormat output) throws JsonProcessingException {
        return switch (output) {
            case TABLE -> table(plan);
            case JSON -> json(plan);
        };
    }

    private static String table(ReferencePlan plan) {
        String counts = "%d to put, %d to remove, %d unchanged"
                .formatted(plan.puts().size(), plan.tombstones().size(), plan.unchanged());
        if (plan.puts().isEmpty() && plan.tombstones().isEmpty()) {
            return counts;
        }
        Table table = new Table("CHANGE", "RULE", "VERSION");
        plan.puts().forEach(rule -> table.row("put", rule.id(), rule.version()));
        plan.tombstones().forEach(key -> table.row("remove", key, "-"));
        return table + System.lineSeparator() + counts;
    }

    private static String json(ReferencePlan plan) throws JsonProcessingException {
        Map<String, String> puts = new LinkedHashMap<>();
        plan.puts().forEach(rule -> puts.put(rule.id(), rule.version()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("puts", puts);
        fields.put("tombstones", plan.tombstones());
        fields.put("unchanged", plan.unchanged());
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(fields);
    }
}
