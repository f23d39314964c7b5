package io.clinicalstreams.topics.command;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Retention;
import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics list}: lists the catalogue in one environment. */
@Command(
        name = "list",
        description = "Lists the catalogue's topics in one environment.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<ExitCode> {

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() {
        Catalogue catalogue = catalogueOptions.load();
        output.print(
                () -> table(catalogue),
                () -> catalogue.topics().stream().map(ListCommand::fields).toList());
        return ExitCode.OK;
    }

    private static Table table(Catalogue catalogue) {
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
        return table;
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
