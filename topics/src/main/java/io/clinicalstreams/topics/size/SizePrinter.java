package io.clinicalstreams.topics.size;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.terminal.OutputFormat;
import io.clinicalstreams.topics.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A size for eyes or for programs. */
record SizePrinter(Sizing sizing) {

    private static final double MB = 1e6;
    private static final double GB = 1e9;

    String print(OutputFormat output) throws JsonProcessingException {
        return switch (output) {
            case TABLE -> table();
            case JSON ->
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(fields());
        };
    }

    private String table() {
        Table inputs = new Table("INPUT", "VALUE", "UNIT", "FROM");
        sizing.inputs()
                .given()
                .forEach((input, given) ->
                        inputs.row(input.id(), Numbers.of(given.value()), input.unit(), given.origin()));
        sizing.named()
                .given()
                .forEach((input, byName) -> byName.forEach((name, given) ->
                        inputs.row(input.id() + ' ' + name, Numbers.of(given.value()), input.unit(), given.origin())));
        Table topics = new Table(
                "TOPIC", "RECORDS/S", "PACKED", "MB/S", "PARTITIONS", "CATALOGUE", "SOURCE DOCUMENTS", "FORMULA");
        for (TopicSize topic : sizing.topics()) {
            topics.row(
                    topic.topic(),
                    Numbers.of(topic.partitions().target()),
                    Numbers.of(topic.packing()),
                    Numbers.of(topic.written() / MB),
                    String.valueOf(topic.partitions().count()),
                    topic.inCatalogue() + (topic.isEnough() ? "" : " TOO FEW"),
                    topic.workload().map(SourceWorkload::toString).orElse("-"),
                    topic.partitions().formula());
        }
        Table figures = new Table("FIGURE", "VALUE", "UNIT", "FORMULA");
        sizing.figures()
                .forEach(figure ->
                        figures.row(figure.name(), Numbers.of(figure.value()), figure.unit(), figure.formula()));
        String gap = System.lineSeparator() + System.lineSeparator();
        return String.join(gap, inputs.toString(), topics.toString(), stored(), figures.toString(), milestones());
    }

    private String stored() {
        Table table = new Table("STORED", "GB", "FORMULA");
        for (TopicSize topic : sizing.topics()) {
            table.row(
                    topic.topic(),
                    Numbers.of(topic.stored().bytes() / GB),
                    topic.stored().formula());
        }
        return table.toString();
    }

    /** The source documents' table with this load's row marked, and this command's answer beside it. */
    private String milestones() {
        Table table = new Table("SOURCE DOCUMENTS", "BROKERS", "PARTITIONS/TOPIC", "HERE");
        for (SourceMilestone milestone : SourceMilestone.values()) {
            table.row(
                    milestone.throughput(),
                    milestone.brokers(),
                    milestone.partitions(),
                    milestone == sizing.milestone()
                            ? "%s MB/s today: %d brokers, at most %d partitions a topic"
                                    .formatted(
                                            Numbers.of(sizing.megabytesPerSecond()),
                                            sizing.brokers().count(),
                                            sizing.mostPartitions())
                            : "");
        }
        return table.toString();
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("environment", sizing.environment());
        fields.put("inputs", inputs());
        fields.put("topics", sizing.topics().stream().map(SizePrinter::fields).toList());
        fields.put("figures", sizing.figures());
        fields.put("brokers", sizing.brokers().count());
        fields.put("brokersInEnvironment", sizing.brokers().inEnvironment());
        Map<String, Object> milestone = new LinkedHashMap<>();
        milestone.put("megabytesPerSecondToday", sizing.megabytesPerSecond());
        milestone.put("throughput", sizing.milestone().throughput());
        milestone.put("brokers", sizing.milestone().brokers());
        milestone.put("partitionsPerTopic", sizing.milestone().partitions());
        fields.put("sourceDocuments", milestone);
        return fields;
    }

    private List<Map<String, Object>> inputs() {
        List<Map<String, Object>> inputs = new ArrayList<>();
        sizing.inputs().given().forEach((input, given) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", input.id());
            fields.put("value", given.value());
            fields.put("unit", input.unit());
            fields.put("from", given.origin());
            inputs.add(fields);
        });
        sizing.named()
                .given()
                .forEach((input, byName) -> byName.forEach((name, given) -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("name", input.id());
                    fields.put(input.of(), name);
                    fields.put("value", given.value());
                    fields.put("unit", input.unit());
                    fields.put("from", given.origin());
                    inputs.add(fields);
                }));
        return inputs;
    }

    private static Map<String, Object> fields(TopicSize topic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", topic.topic());
        fields.put("recordsPerSecond", topic.partitions().target());
        fields.put("recordBytes", topic.partitions().recordBytes());
        fields.put("packed", topic.packing());
        fields.put("writtenBytesPerSecond", topic.written());
        fields.put("storedBytes", topic.stored().bytes());
        fields.put("storedFormula", topic.stored().formula());
        fields.put("partitions", topic.partitions().count());
        fields.put("formula", topic.partitions().formula());
        fields.put("partitionsInCatalogue", topic.inCatalogue());
        fields.put(
                "partitionsInSourceDocuments",
                topic.workload().map(SourceWorkload::range).orElse("-"));
        return fields;
    }
}
