package io.clinicalstreams.trial;

import io.clinicalstreams.pipeline.step.LoadRules;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Record;

/** Rules to try, loaded as the lane loads them: from the records that {@code topics reference apply} would write. */
public final class TrialRules {

    private TrialRules() {}

    /**
     * @param files rule files or folders, each of another owner; none for the built-in rules
     * @throws io.clinicalstreams.topics.problem.CatalogueException if anything is wrong with them
     * @throws CommandException if there are none
     */
    public static RuleTable of(List<Path> files) {
        Map<String, byte[]> records = AlertRuleYaml.records(files);
        if (records.isEmpty()) {
            throw new CommandException(ExitCode.WRONG_USAGE, "no alert rules in " + files);
        }
        return of(records);
    }

    /**
     * @param records of the rule topic, by key
     * @throws CommandException if they are no complete set
     */
    public static RuleTable of(Map<String, byte[]> records) {
        RuleTable table = new RuleTable();
        LoadRules load = new LoadRules("", table);
        records.forEach((key, value) -> load.process(new Record<>(key, value, 0)));
        if (!table.isUsable()) {
            throw new CommandException(ExitCode.FAILURE, Objects.requireNonNullElse(table.problem(), "no alert rules"));
        }
        return table;
    }
}
