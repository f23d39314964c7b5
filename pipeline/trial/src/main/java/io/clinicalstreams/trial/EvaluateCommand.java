package io.clinicalstreams.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.loadgen.replay.InputFiles;
import io.clinicalstreams.pipeline.command.AlertLine;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.processor.api.Record;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: evaluates files with the alert rules, without a broker. */
@Command(
        name = "evaluate",
        description = {
            "Evaluates FHIR files with the alert rules, as the alerting lane does, without a broker. Prints each"
                    + " transition of an alert, and then what became of every resource.",
            "A resource counts as received when it was known: at the later of its effective and issued time. Name files"
                    + " of Patients first: a birth date is known from its place in the input on.",
            "A rule of kind silence is judged by the same times, up to the latest time in the files. An Encounter admits or"
                    + " discharges its patient from its place in the input on: a stay that is already finished in the files"
                    + " is not watched.",
            "Not a medical device: alerts are not clinical advice."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With -o json, each line is a DetectedIssue, and the last line is {\"summary\":{...}}. The same input gives the"
                    + " same output, byte for byte."
        })
public final class EvaluateCommand implements Callable<ExitCode> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Mixin
    private DatedInput input = new DatedInput();

    @Option(
            names = "--reference",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files of alert rules, or folders with alert-rules.yaml, each of another owner. Default: the"
                    + " built-in rules.")
    private List<Path> reference = new ArrayList<>();

    @Mixin
    private CatalogueOptions catalogue = new CatalogueOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        AlertingTrial trial = new AlertingTrial(
                catalogue.load(), TrialRules.of(reference), input.now(), alert -> out.println(line(alert)));
        InputFiles files = input.files();
        TrialSummary summary = trial.takeAll(files.paths(), out::checkError);
        out.println(output.isJson() ? json(Map.of("summary", summary.fields())) : "\n" + summary.table());
        out.flush();
        if (files.passedOver() > 0) {
            output.say("skipped " + files.passedOver() + " files with other names");
        }
        if (!summary.isAccounted()) {
            throw new CommandException(ExitCode.NOT_HELD, "the outcomes do not add up to the resources");
        }
        return ExitCode.OK;
    }

    private String line(Record<byte[], AlertRecord> alert) {
        byte[] issue = Objects.requireNonNull(alert.value().detectedIssue());
        return output.isJson() ? new String(issue, StandardCharsets.UTF_8) : AlertLine.of(issue);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of counts is always JSON", impossible);
        }
    }
}
