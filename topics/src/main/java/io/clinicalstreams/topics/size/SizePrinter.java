package io.clinicalstreams.topics.size;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.topics.size.SourceDocuments.Milestone;
import io.clinicalstreams.topics.size.SourceDocuments.Workload;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.util.Optional;

/** Prints a size as tables or as JSON. */
record SizePrinter(Sizing sizing) {

    void print(OutputOption output) {
        output.print(this::table, this::json);
    }

    private String table() {
        Table inputs = new Table("INPUT", "VALUE", "UNIT", "FROM");
        sizing.inputs()
                .given()
                .forEach((input, byName) -> byName.forEach((name, given) -> inputs.row(
                        (input.id() + ' ' + name).strip(), Numbers.of(given.value()), input.unit(), given.origin())));
        Table topics = new Table(
                "TOPIC", "RECORDS/S", "COMPRESSED", "MB/S", "PARTITIONS", "CATALOGUE", "SOURCE DOCUMENTS", "FORMULA");
        for (TopicSize topic : sizing.topics()) {
            topics.row(
                    topic.topic().fullName(),
                    Numbers.of(topic.partitions().target()),
                    Numbers.of(topic.compressed()),
                    Numbers.of(topic.written() / Numbers.MB),
                    String.valueOf(topic.partitions().count()),
                    topic.topic().partitions() + (topic.isEnough() ? "" : " TOO FEW"),
                    workload(topic).map(Workload::toString).orElse("-"),
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
            Figure stored = topic.stored();
            table.row(topic.topic().fullName(), Numbers.of(stored.value() / Numbers.GB), stored.formula());
        }
        return table.toString();
    }

    private static Optional<Workload> workload(TopicSize topic) {
        return Workload.of(topic.topic().profile().name());
    }

    /** The source documents' table with this load's row marked, and the result of this command for comparison. */
    private String milestones() {
        Table table = new Table("SOURCE DOCUMENTS", "BROKERS", "PARTITIONS/TOPIC", "HERE");
        for (Milestone milestone : Milestone.values()) {
            table.row(
                    milestone.throughput,
                    milestone.brokers,
                    milestone.partitions,
                    milestone == sizing.milestone()
                            ? "%s MB/s today: %d brokers, at most %d partitions per topic"
                                    .formatted(
                                            Numbers.of(sizing.megabytesPerSecond()),
                                            sizing.brokers().count(),
                                            sizing.mostPartitions())
                            : "");
        }
        return table.toString();
    }

    private ObjectNode json() {
        ObjectNode json = object();
        json.put("environment", sizing.environment());
        json.put("held", sizing.isEnough());
        ArrayNode inputs = json.putArray("inputs");
        sizing.inputs()
                .given()
                .forEach((input, byName) -> byName.forEach((name, given) -> {
                    ObjectNode each = inputs.addObject().put("name", input.id());
                    if (!name.isEmpty()) {
                        each.put(input.scope().toString(), name);
                    }
                    each.put("value", given.value()).put("unit", input.unit()).put("from", given.origin());
                }));
        json.putArray("topics")
                .addAll(sizing.topics().stream().map(SizePrinter::json).toList());
        json.putPOJO("figures", sizing.figures());
        json.put("brokers", sizing.brokers().count());
        json.put("brokersInEnvironment", sizing.brokers().inEnvironment());
        json.putObject("sourceDocuments")
                .put("megabytesPerSecondToday", sizing.megabytesPerSecond())
                .put("throughput", sizing.milestone().throughput)
                .put("brokers", sizing.milestone().brokers)
                .put("partitionsPerTopic", sizing.milestone().partitions);
        return json;
    }

    private static ObjectNode json(TopicSize topic) {
        PartitionCount partitions = topic.partitions();
        Figure stored = topic.stored();
        return object().put("topic", topic.topic().fullName())
                .put("recordsPerSecond", partitions.target())
                .put("recordBytes", partitions.recordBytes())
                .put("compressed", topic.compressed())
                .put("writtenBytesPerSecond", topic.written())
                .put("storedBytes", stored.value())
                .put("storedFormula", stored.formula())
                .put("partitions", partitions.count())
                .put("formula", partitions.formula())
                .put("partitionsInCatalogue", topic.topic().partitions())
                .put(
                        "partitionsInSourceDocuments",
                        workload(topic).map(workload -> workload.partitions).orElse("-"));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
