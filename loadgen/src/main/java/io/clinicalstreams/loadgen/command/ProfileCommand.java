package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.profile.StackSamples;
import io.clinicalstreams.loadgen.profile.StackSamples.MethodShare;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loadgen profile}: which methods took the CPU time of a Flight Recorder file. */
@Command(
        name = "profile",
        description = "Shows which methods took the CPU time of a Java Flight Recorder file, and draws a flame graph.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "To record any command: JAVA_OPTS=-XX:StartFlightRecording=settings=profile,filename=bench.jfr"
                    + " ./clinical-streams bench",
            "",
            "Exit codes: 0 shown, 1 failure, 2 wrong usage, 3 no sample of these threads in the recording."
        })
final class ProfileCommand implements Callable<ExitCode> {

    @Parameters(paramLabel = "RECORDING.jfr", description = "The recording.")
    private Path recording = Path.of("");

    @Option(
            names = "--threads",
            paramLabel = "REGEX",
            defaultValue = "StreamThread",
            description = "Threads that count, by a part of their name; .* for all (default: ${DEFAULT-VALUE}).")
    private Pattern threads = Pattern.compile("");

    @Option(names = "--top", paramLabel = "N", defaultValue = "20", description = "Methods to show (default: 20).")
    private int top;

    @Option(
            names = "--flame-graph",
            paramLabel = "FILE.html",
            description = "Write a flame graph: one page that needs no network.")
    private @Nullable Path flameGraph;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() throws IOException {
        if (top < 1) {
            throw new CommandException(ExitCode.WRONG_USAGE, "--top: must be at least 1, was " + top);
        }
        StackSamples samples = read();
        if (samples.count() == 0) {
            output.say(recording + ": has no samples of running threads with a name like " + threads);
            return ExitCode.NOT_HELD;
        }
        List<MethodShare> shown = samples.methods().stream().limit(top).toList();
        output.print(() -> table(samples.count(), shown), () -> json(samples.count(), shown));
        if (flameGraph != null) {
            try (OutputStream page = Files.newOutputStream(flameGraph)) {
                samples.writeFlameGraph(recording.getFileName() + ", threads " + threads, page);
            }
            output.say("flame graph: " + flameGraph);
        }
        return ExitCode.OK;
    }

    private StackSamples read() {
        try {
            return StackSamples.read(recording, threads);
        } catch (NoSuchFileException missing) {
            throw new CommandException(ExitCode.WRONG_USAGE, recording + ": does not exist");
        } catch (IOException unreadable) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    recording + ": is not a complete Flight Recorder file: " + unreadable.getMessage());
        }
    }

    private static String table(long count, List<MethodShare> shown) {
        Table table = new Table("SELF", "TOTAL", "METHOD");
        shown.forEach(share -> table.row(percent(share.self()), percent(share.total()), share.method()));
        return String.format(Locale.ROOT, "%,d samples%n%s", count, table);
    }

    private static Map<String, Object> json(long count, List<MethodShare> shown) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("samples", count);
        json.put("methods", shown);
        return json;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
