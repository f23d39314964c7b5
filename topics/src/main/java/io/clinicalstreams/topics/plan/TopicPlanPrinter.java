package io.clinicalstreams.topics.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.plan.Change.CreateTopic;
import io.clinicalstreams.topics.terminal.OutputFormat;
import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan for eyes or for programs. */
record TopicPlanPrinter(Catalogue catalogue) {

    String print(TopicPlan plan, OutputFormat output) throws JsonProcessingException {
        return switch (output) {
            case TABLE -> table(plan);
            case JSON ->
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(fields(plan));
        };
    }

    private String table(TopicPlan plan) {
        if (plan.isEmpty()) {
            return "nothing to change: all %d topics of %s are as the catalogue wants them"
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

    /** What a yes agrees to is all there: a new topic's settings as if each were changed. */
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

    private Map<String, Object> fields(TopicPlan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("environment", catalogue.environment());
        fields.put("changes", changes(plan.changes()));
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
