package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.plan.Change.CreateTopic;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan as a table or as JSON. */
record TopicPlanPrinter(Catalogue catalogue) {

    /** @param unmanaged names of topics that are listed and not touched */
    void print(TopicPlan plan, List<String> unmanaged, OutputOption output) {
        output.print(() -> table(plan) + unmanaged(unmanaged), () -> fields(plan, unmanaged));
    }

    String table(TopicPlan plan) {
        if (plan.isEmpty()) {
            return "nothing to change: all %d topics of %s match the catalogue"
                    .formatted(catalogue.topics().size(), catalogue.environment());
        }
        Table table = new Table("EFFECT", "TOPIC", "KEY", "NOW", "WANTED", "WHY");
        for (Change change : plan.changes()) {
            table.row(
                    change.effect().toString(),
                    change.topic(),
                    change.key(),
                    orDash(change.now()),
                    orDash(change.wanted()),
                    change.why());
            if (change instanceof CreateTopic create) {
                settings(create, table);
            }
        }
        return table + System.lineSeparator() + counts(plan);
    }

    private static String unmanaged(List<String> topics) {
        return topics.stream()
                .map(topic -> System.lineSeparator() + "unmanaged, not touched: " + topic)
                .collect(Collectors.joining());
    }

    /** A yes covers all of it, so a new topic's settings are shown as if each were changed. */
    private static void settings(CreateTopic create, Table table) {
        create.settings()
                .forEach((name, value) ->
                        table.row(create.effect().toString(), create.topic(), name, orDash(create.now()), value, ""));
    }

    static String counts(TopicPlan plan) {
        return "%d safe, %d disruptive, %d refused"
                .formatted(
                        plan.with(Effect.SAFE).size(),
                        plan.with(Effect.DISRUPTIVE).size(),
                        plan.with(Effect.REFUSED).size());
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }

    private Map<String, Object> fields(TopicPlan plan, List<String> unmanaged) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("environment", catalogue.environment());
        fields.put("changes", changes(plan.changes()));
        fields.put("unmanaged", unmanaged);
        return fields;
    }

    private static List<Map<String, Object>> changes(List<Change> changes) {
        return changes.stream().map(TopicPlanPrinter::fields).toList();
    }

    static Map<String, Object> fields(Change change) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("effect", change.effect().toString());
        fields.put("topic", change.topic());
        fields.put("key", change.key());
        fields.put("now", change.now());
        fields.put("wanted", change.wanted());
        fields.put("why", change.why());
        if (change instanceof CreateTopic create) {
            fields.put("partitions", create.definition().partitions());
            fields.put("replication", create.definition().replication());
            fields.put("settings", create.settings());
        }
        return fields;
    }
}
