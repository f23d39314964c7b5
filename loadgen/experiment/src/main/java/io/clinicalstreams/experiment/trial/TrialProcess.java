package io.clinicalstreams.experiment.trial;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clinicalstreams.cluster.ParentWatch;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.Jdk;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A trial in a JVM of its own, so that each begins without compiled code and with the options that its level names. */
public final class TrialProcess {

    /** As for every command of this program. */
    private static final List<String> USUAL = List.of("-Xmx1g", "-XX:+UseG1GC");

    private static final String LOGGING = "log4j2.configurationFile";

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private TrialProcess() {}

    /** Argument: the trial as JSON. Prints its figures as the last line. */
    public static void main(String[] args) throws Exception {
        ParentWatch.start();
        Trial trial = JSON.readValue(args[0], Trial.class);
        try {
            System.out.println(JSON.writeValueAsString(trial.measure()));
        } catch (CommandException failed) {
            System.err.println(failed.getMessage());
            System.exit(failed.exitCode().code());
        }
        System.exit(0);
    }

    /**
     * Runs a trial in a child process and waits for it. An interrupt ends the child.
     *
     * @param level names its JDK and its options
     */
    static Map<Metric, Double> run(Trial trial, FactorLevel level) throws IOException, InterruptedException {
        ProcessBuilder builder = java(
                        level,
                        TrialProcess.class,
                        List.of(JSON.writerFor(Trial.class).writeValueAsString(trial)))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Not a pipe, which could fill up while this waits.
        Path output = Files.createTempFile("clinical-streams-trial-", ".json");
        Process child = builder.redirectOutput(output.toFile()).start();
        try {
            int status = child.waitFor();
            if (status != 0) {
                throw new CommandException(ExitCode.FAILURE, "a trial ended with exit code " + status);
            }
            String last = Files.readString(output).lines().reduce("", (before, line) -> line);
            return Objects.requireNonNull(JSON.readValue(last, new TypeReference<Map<Metric, Double>>() {}));
        } finally {
            child.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    /** A JVM as the level has it, or as every command of this program, with this class path. */
    static ProcessBuilder java(FactorLevel level, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Jdk.program(level.java()));
        command.addAll(level.jvm().isEmpty() ? USUAL : level.jvm());
        // What the program writes is to be all of its output.
        command.add("-XX:+DisplayVMOutputToStderr");
        String logging = System.getProperty(LOGGING);
        if (logging != null) {
            command.add("-D" + LOGGING + '=' + logging);
        }
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }
}
