package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** {@code topics reference list}: lists the alert rules in the topic, of all owners. */
@Command(
        name = "list",
        description = "Lists the alert rules in the topic, of all owners.",
        mixinStandardHelpOptions = true)
final class ListReferenceCommand extends ReferenceAccess {

    @Override
    ExitCode run(ReferenceData data, OutputOption output) {
        Map<String, byte[]> rules = new TreeMap<>(data.present());
        rules.keySet().removeIf(RuleManifest::isKey);
        output.print(() -> table(rules), () -> json(rules));
        return ExitCode.OK;
    }

    private static Table table(Map<String, byte[]> rules) {
        Table table = new Table("RULE", "VERSION", "TITLE", "LIMITS", "CLEAR");
        rules.forEach((key, value) -> row(key, value, table));
        return table;
    }

    /** An unreadable rule of another owner must not hide the rest. */
    private static void row(String key, byte[] value, Table table) {
        try {
            AlertRule rule = AlertRuleJson.read(key, value);
            table.row(
                    key,
                    rule.version(),
                    rule.title(),
                    rule.content().raises(),
                    rule.content().ends());
        } catch (CatalogueException unreadable) {
            table.row(key, "-", "cannot be read", "-", "-");
        }
    }

    /** Rules by key; null if one cannot be read. */
    private static JsonNode json(Map<String, byte[]> rules) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode all = mapper.createObjectNode();
        rules.forEach((key, value) -> all.set(key, tree(value, mapper)));
        return all;
    }

    private static JsonNode tree(byte[] value, JsonMapper mapper) {
        try {
            return mapper.readTree(value);
        } catch (IOException notJson) {
            return NullNode.getInstance();
        }
    }
}
