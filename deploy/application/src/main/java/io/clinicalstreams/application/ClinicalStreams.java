package io.clinicalstreams.application;

import io.clinicalstreams.cluster.command.ClusterCommand;
import io.clinicalstreams.demo.DemoCommand;
import io.clinicalstreams.demo.LaneLog;
import io.clinicalstreams.demo.bench.BenchCommand;
import io.clinicalstreams.experiment.command.ExperimentCommand;
import io.clinicalstreams.loadgen.command.LoadgenCommand;
import io.clinicalstreams.pipeline.command.AlertsCommand;
import io.clinicalstreams.pipeline.command.PipelineCommand;
import io.clinicalstreams.topics.command.TopicsCommand;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CommandKit;
import io.clinicalstreams.trial.EvaluateCommand;
import io.clinicalstreams.trial.backtest.BacktestCommand;
import io.clinicalstreams.trial.explain.ExplainCommand;
import io.clinicalstreams.verifier.command.VerifyCommand;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code clinical-streams}: the entry point of all commands. */
@Command(
        name = "clinical-streams",
        description = "A Kafka Streams reference application for healthcare events. Not a medical device.",
        mixinStandardHelpOptions = true,
        version = "clinical-streams 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            PipelineCommand.class,
            AlertsCommand.class,
            LoadgenCommand.class,
            EvaluateCommand.class,
            VerifyCommand.class,
            TopicsCommand.class,
            ClusterCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 ok, 1 failure, 2 wrong usage or configuration, 3 drift or a check not held.",
            "topics plan --exit-code also ends with 4 disruptive changes, 5 refused differences, 6 unmanaged topics only."
        })
public final class ClinicalStreams {

    private static final String LOGGING = "log4j2.configurationFile";

    private ClinicalStreams() {}

    public static void main(String[] args) {
        if (System.getProperty(LOGGING) == null) {
            logging(args.length == 0 ? "" : args[0]);
        }
        CommandLine commands = commandLine();
        int exitCode = commands.execute(args);
        System.exit(exitCode == 0 ? exitCodeOfOutput(commands) : exitCode);
    }

    /**
     * The service logs JSON to stderr, as platforms expect. Other commands print errors only; lanes within them log to
     * a file.
     */
    private static void logging(String command) {
        switch (command) {
            case "pipeline" -> {}
            case "demo", "bench" ->
                System.setProperty(
                        LOGGING, LaneLog.open(command) ? "classpath:log4j2-lanes.xml" : "classpath:log4j2-command.xml");
            default -> System.setProperty(LOGGING, "classpath:log4j2-command.xml");
        }
    }

    /** A truncated export on a full disk is a failure. */
    private static int exitCodeOfOutput(CommandLine commands) {
        if (commands.getOut().checkError() || System.out.checkError()) {
            System.err.println("the output could not be written completely");
            return ExitCode.FAILURE.code();
        }
        return ExitCode.OK.code();
    }

    /** The service's own distribution has no commands that try rules, and the load generator's no brokers. */
    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new ClinicalStreams());
        CommandLine alerts = Objects.requireNonNull(commands.getSubcommands().get("alerts"));
        alerts.addSubcommand(new BacktestCommand()).addSubcommand(new ExplainCommand());
        Objects.requireNonNull(commands.getSubcommands().get("loadgen")).addSubcommand(new ExperimentCommand());
        return CommandKit.of(commands);
    }
}
