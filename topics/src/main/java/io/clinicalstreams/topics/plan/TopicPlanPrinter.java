package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan as a table or as JSON. */
record TopicPlanPrinter(Catalogue catalogue) {

    private static final String NOTHING = "-";

    /** @param unmanaged names of topics that are listed only */
    void print(TopicPlan plan, List<String> unmanaged, BrokerComparison brokers, OutputOption output) {
        output.print(
                () -> table(plan) + lines("unmanaged, not touched: ", unmanaged) + lines("", lines(brokers)),
                () -> fields(plan, unmanaged, brokers));
    }

    static List<String> lines(BrokerComparison brokers) {
        return Stream.concat(brokers.differences().stream(), brokers.unknown().stream())
                .toList();
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
            // The user confirms all of it, so a new topic's settings are shown like changes.
            change.settings()
                    .forEach((name, value) ->
                            table.row(change.effect().toString(), change.topic(), name, NOTHING, value, ""));
        }
        return table + System.lineSeparator() + counts(plan);
    }

    private static String lines(String before, List<String> lines) {
        return lines.stream()
                .map(line -> System.lineSeparator() + before + line)
                .collect(Collectors.joining());
    }

    private static String counts(TopicPlan plan) {
        return Arrays.stream(Effect.values())
                .map(effect -> plan.with(effect).size() + " " + effect)
                .collect(Collectors.joining(", "));
    }

    private static String orDash(@Nullable String text) {
        return text == null || text.isEmpty() ? NOTHING : text;
    }

    private Map<String, Object> fields(TopicPlan plan, List<String> unmanaged, BrokerComparison brokers) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("environment", catalogue.environment());
        fields.put(
                "changes", plan.changes().stream().map(TopicPlanPrinter::fields).toList());
        fields.put("unmanaged", unmanaged);
        fields.put("brokers", lines(brokers));
        return fields;
    }

    static Map<String, Object> fields(Change change) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("effect", change.effect().toString());
        fields.put("topic", change.topic());
        fields.put("key", change.key());
        fields.put("now", change.now());
        fields.put("wanted", change.wanted());
        fields.put("why", change.why());
        if (change.action() == Change.Action.CREATE) {
            fields.put("partitions", change.definition().partitions());
            fields.put("replication", change.definition().replication());
            fields.put("settings", change.settings());
        }
        return fields;
    }
}
