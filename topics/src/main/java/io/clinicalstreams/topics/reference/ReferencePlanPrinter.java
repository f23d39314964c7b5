package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plan as a table or as JSON, with old and new values. */
final class ReferencePlanPrinter {

    private ReferencePlanPrinter() {}

    static String table(ReferencePlan plan) {
        String counts = "%d to put, %d to remove, %d unchanged"
                .formatted(plan.puts().size(), plan.tombstones().size(), plan.unchanged());
        if (plan.puts().isEmpty() && plan.tombstones().isEmpty()) {
            return counts;
        }
        Table table = new Table("CHANGE", "RULE", "FIELD", "NOW", "WANTED", "NOTE");
        for (RuleChange change : plan.changes()) {
            table.row(
                    word(change),
                    change.id(),
                    change.field().isEmpty() ? "-" : change.field(),
                    Objects.requireNonNullElse(change.now(), "-"),
                    Objects.requireNonNullElse(change.wanted(), "-"),
                    change.jump().map(jump -> "JUMP, " + jump).orElse(""));
        }
        long jumps = plan.changes().stream()
                .filter(change -> change.jump().isPresent())
                .count();
        return table
                + System.lineSeparator()
                + counts
                + (jumps == 0 ? "" : "; CHECK %d limits that jump".formatted(jumps));
    }

    private static String word(RuleChange change) {
        return change.now() == null && change.field().isEmpty()
                ? "add"
                : change.wanted() == null && change.field().isEmpty() ? "remove" : "change";
    }

    private static Map<String, Object> fields(RuleChange change) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("change", word(change));
        fields.put("rule", change.id());
        fields.put("field", change.field());
        fields.put("now", change.now());
        fields.put("wanted", change.wanted());
        fields.put("jump", change.jump().orElse(null));
        return fields;
    }

    static Map<String, Object> fields(ReferencePlan plan) {
        Map<String, String> puts = new LinkedHashMap<>();
        plan.puts().forEach(rule -> puts.put(rule.id(), rule.version()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("owner", plan.owner());
        fields.put(
                "changes",
                plan.changes().stream().map(ReferencePlanPrinter::fields).toList());
        fields.put("puts", puts);
        fields.put("tombstones", plan.tombstones());
        fields.put("unchanged", plan.unchanged());
        return fields;
    }
}
