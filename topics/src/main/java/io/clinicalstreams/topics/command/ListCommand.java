package io.clinicalstreams.topics.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputFormat;
import io.clinicalstreams.topics.terminal.Retention;
import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics list}: the catalogue in one environment. */
@Command(
        name = "list",
        description = "Lists the catalogue's topics in one environment.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            converter = OutputFormat.Reading.class,
            paramLabel = "table|json",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Override
    public Integer call() throws JsonProcessingException {
        Catalogue catalogue = catalogueOptions.load();
        String text =
                switch (output) {
                    case TABLE -> asTable(catalogue);
                    case JSON -> asJson(catalogue);
                };
        spec.commandLine().getOut().println(text);
        return 0;
    }

    private static String asTable(Catalogue catalogue) {
        Table table = new Table("TOPIC", "PROFILE", "PARTITIONS", "REPLICATION", "CLEANUP", "RETENTION", "GOAL");
        for (Topic topic : catalogue.topics()) {
            table.row(
                    topic.fullName(),
                    topic.profile().name(),
                    String.valueOf(topic.partitions()),
                    String.valueOf(topic.replication()),
                    setting(topic, TopicConfig.CLEANUP_POLICY_CONFIG),
                    Retention.of(topic),
                    topic.goal());
        }
        return table.toString();
    }

    private static String asJson(Catalogue catalogue) throws JsonProcessingException {
        List<Map<String, Object>> topics =
                catalogue.topics().stream().map(ListCommand::fields).toList();
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(topics);
    }

    private static Map<String, Object> fields(Topic topic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", topic.name());
        fields.put("fullName", topic.fullName());
        fields.put("goal", topic.goal());
        fields.put("profile", topic.profile().name());
        fields.put("key", topic.key());
        fields.put("value", topic.value());
        fields.put("partitions", topic.partitions());
        fields.put("replication", topic.replication());
        fields.put("settings", topic.settings().plain());
        return fields;
    }

    private static String setting(Topic topic, String name) {
        return topic.settings().get(name).map(EffectiveSetting::value).orElse("");
    }
}
