package io.clinicalstreams.loadgen.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.loadgen.result.ResultJson;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loadgen report}: result files as one HTML page. */
@Command(
        name = "report",
        description = "Makes one HTML page of results: charts, and with several results their differences against their"
                + " spread. The page needs no network.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:made", "1:a file cannot be written", "2:wrong usage, or a file is no result"})
public final class ReportCommand implements Callable<ExitCode> {

    @Parameters(
            arity = "1..*",
            paramLabel = "RESULT",
            description =
                    "Files of --result of loadgen run, replay and capacity and of demo, and results of experiments."
                            + " The first is the baseline.")
    private List<Path> files = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.html",
            description = "Where to write the page (default: stdout).")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        if (output != null && files.stream().anyMatch(this::isOutput)) {
            throw new CommandException(ExitCode.WRONG_USAGE, "-o: " + output + " is one of the results");
        }
        List<NamedRun> runs = new ArrayList<>();
        List<ExperimentFigures> experiments = new ArrayList<>();
        for (Path file : files) {
            try {
                String text = Files.readString(file);
                if (ResultJson.read(text, JsonNode.class).has("experiment")) {
                    experiments.add(ResultJson.read(text, ExperimentFigures.class));
                } else {
                    runs.add(new NamedRun(name(file), ResultJson.read(text, RunResult.class)));
                }
            } catch (JsonProcessingException notOne) {
                throw new CommandException(
                        ExitCode.WRONG_USAGE, file + ": is not the result of a run or an experiment");
            } catch (IOException unreadable) {
                throw new CommandException(ExitCode.WRONG_USAGE, file + ": " + IoReason.predicate(unreadable));
            }
        }
        write(new ReportPage(runs, experiments).text());
        return ExitCode.OK;
    }

    private boolean isOutput(Path file) {
        try {
            return output != null && Files.exists(output) && Files.isSameFile(file, output);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void write(String page) {
        if (output == null) {
            spec.commandLine().getOut().print(page);
            spec.commandLine().getOut().flush();
            return;
        }
        try {
            Files.writeString(output, page);
        } catch (IOException failed) {
            throw new CommandException(ExitCode.FAILURE, output + ": cannot be written: " + IoReason.of(failed));
        }
    }

    /** Short, unless two files have the same name. */
    private String name(Path file) {
        Path name = file.getFileName();
        long same =
                files.stream().filter(each -> each.getFileName().equals(name)).count();
        return (same > 1 ? file : name).toString().replaceAll("\\.json$", "");
    }
}
