package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.measure.Lag;
import io.clinicalstreams.loadgen.result.RunFile;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.loadgen.send.Target;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.MissingTopicException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.setting.Spelling;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.ClusterOwner;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import io.clinicalstreams.topics.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shared by the commands that send: target, settings, measurement and exit codes. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all records were sent and confirmed",
            "1:a record was refused or not confirmed, an input file cannot be read, measuring ended early, or --result"
                    + " cannot be written",
            "2:wrong usage or configuration, or no such input",
            "3:the run fell behind its schedule, --measure measured nothing, or acks=0 left all records unconfirmed"
        })
abstract class SendingCommand implements Callable<ExitCode> {

    private static final int MOST_THREADS = 64;
    private static final String THIS_PROCESS = "loadgen";

    /** Producer settings that have their own option or that the user cannot set. */
    private static final Set<String> FIXED = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ClusterOwner owner = new ClusterOwner();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = TopicNames.RESOURCE_RECEIVED,
            description = "Target topic: one of the catalogue, with its producer settings, or any other topic of the"
                    + " cluster, with Kafka's defaults (default: ${DEFAULT-VALUE}).")
    private String topic = TopicNames.RESOURCE_RECEIVED;

    @Option(
            names = "--producer-setting",
            paramLabel = "NAME=VALUE",
            description = "A producer setting, such as linger.ms=5; repeat for more. It overrides the catalogue and"
                    + " --command-config.")
    private Map<String, String> producerSettings = new TreeMap<>();

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Sending threads, each with its own producer; all records of a patient are sent by one"
                    + " thread, in order (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(
            names = "--warm-up",
            paramLabel = "D",
            description = "How long to send before --duration begins, such as 20s; not measured (default: none;"
                    + " capacity: 10s).")
    private @Nullable Duration warmUp;

    @Option(
            names = "--measure",
            description = "Also read the outputs and measure the latency from the intended send time to each:"
                    + " the recorded topics and the alerts, or with another --topic that topic itself.")
    private boolean measure;

    @Option(
            names = "--result",
            paramLabel = "FILE.json",
            description = "Write the whole result: machine, settings, latencies and samples of each second, with an"
                    + " HdrHistogram log beside it. Kept while the run goes on, so an interrupted one leaves its part.")
    private @Nullable Path resultFile;

    @Option(
            names = "--process",
            paramLabel = "NAME=PID",
            description = "A process of this machine to sample, such as broker=4711: CPU, memory, and of a JVM also GC"
                    + " pauses and Kafka's bytes in and out; repeat for more. This process is sampled as "
                    + THIS_PROCESS + " in any case; without this option no other one is.")
    private Map<String, Long> processes = new TreeMap<>();

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "Kept in the result: what a run cannot know itself, such as build=new; repeat for more."
                    + " 'loadgen report' compares runs that differ in it.")
    private Map<String, String> labels = new TreeMap<>();

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description =
                    "A consumer group of --topic whose lag is sampled; repeat for more (default: the lanes, if they"
                            + " have run).")
    private List<String> groups = List.of();

    @Mixin
    private final OutputOption output = new OutputOption();

    /** Whether the target is the pipeline's input. */
    final boolean isToPipeline() {
        return topic.equals(TopicNames.RESOURCE_RECEIVED);
    }

    /** The rate over time. */
    abstract RateCurve load();

    /** How long to send, warm-up excluded. */
    abstract Duration duration();

    /**
     * The records to send.
     *
     * @param partitions of the topic
     */
    abstract Source source(Catalogue catalogue, Schedule schedule, int partitions) throws IOException;

    /** A closing remark for the user, one line; null for none. */
    @Nullable
    String remark() {
        return null;
    }

    /** The options that only this command has, for the summary. */
    abstract Map<String, Object> settings();

    /** Whether only a signal ends it. */
    abstract boolean isEndless();

    @Override
    @SuppressWarnings("try") // the signal is not used, only kept open
    public final ExitCode call() throws Exception {
        check(threads >= 1 && threads <= MOST_THREADS, "--threads: must be from 1 to " + MOST_THREADS);
        checkFolder();
        producerSettings.keySet().forEach(this::checkName);
        Catalogue catalogue = catalogueOptions.load();
        Map<String, Object> clientSettings = cluster.settings(catalogue.where());
        Target target = target(catalogue, clientSettings);
        checkOptions(catalogue);
        LoadSession.Stop stop = new LoadSession.Stop();
        Admin admin = cluster.admin(catalogue.where());
        try (StopSignal signal = StopSignal.telling(stop::now, LoadSession.ENDS_WITHIN)) {
            int partitions = partitions(target.topic(), catalogue, clientSettings, admin);
            return send(new LoadSession(
                    catalogue,
                    clientSettings,
                    target,
                    partitions,
                    threads,
                    measure || mustMeasure(),
                    admin,
                    sampled(),
                    lags(catalogue, admin, target.topic(), partitions),
                    stop));
        } finally {
            // Without waiting for the answers of a cluster that is dead.
            admin.close(Duration.ofSeconds(1));
        }
    }

    /** Before anything is asked of a cluster. */
    abstract void checkOptions(Catalogue catalogue) throws IOException;

    /** Whether the outcomes are read in any case. */
    boolean mustMeasure() {
        return false;
    }

    /** One run, with its summary. */
    ExitCode send(LoadSession session) throws Exception {
        Schedule schedule = new Schedule(load(), warmUpOr(Duration.ZERO), duration());
        RunFile file = file("");
        PrintWriter err = spec.commandLine().getErr();
        try (Source source = source(session.catalogue(), schedule, session.partitions())) {
            RunResult result = session.run(
                    "loadgen " + spec.name(), source, schedule, labelled(settings()), isEndless(), file, progress());
            Summary summary = new Summary(result.settings(), result.producerSettings(), result.summary());
            output.print(() -> summary.table().stripTrailing(), summary::fields);
            Optional<String> unwritten = file == null ? Optional.empty() : file.problem();
            Stream.of(
                            result.summary().problems().stream(),
                            Stream.ofNullable(result.incompleteBecause()),
                            Stream.ofNullable(remark()),
                            unwritten.stream())
                    .flatMap(lines -> lines)
                    .distinct()
                    .forEach(err::println);
            err.flush();
            return unwritten.isPresent() ? ExitCode.FAILURE : summary.exitCode();
        }
    }

    private void checkFolder() {
        if (resultFile != null) {
            Path folder = resultFile.toAbsolutePath().getParent();
            check(
                    folder != null && Files.isDirectory(folder) && !Files.isDirectory(resultFile),
                    "--result: " + resultFile + " is a folder, or its folder does not exist");
        }
        check(
                !processes.containsKey(THIS_PROCESS),
                "--process: " + THIS_PROCESS + " is this process; choose another name");
        processes.forEach((name, pid) ->
                check(ProcessHandle.of(pid).isPresent(), "--process: " + name + ": there is no process " + pid));
    }

    private Map<String, Long> sampled() {
        Map<String, Long> sampled = new TreeMap<>(processes);
        sampled.put(THIS_PROCESS, ProcessHandle.current().pid());
        return sampled;
    }

    private List<Lag> lags(Catalogue catalogue, Admin admin, String topic, int partitions) {
        List<Lag> lags = new ArrayList<>();
        if (isToPipeline()) {
            catalogue.lanes().stream()
                    .map(lane -> Lag.of(admin, lane, partitions))
                    .filter(lag -> isKnown(lag, null))
                    .forEach(lags::add);
        }
        for (String group : groups) {
            Lag lag = Lag.of(admin, group, List.of(topic), partitions);
            boolean unused = isKnown(lag, "--group: no group " + group + " has read " + topic);
            lags.add(lag);
        }
        return lags;
    }

    private boolean isKnown(Lag lag, @Nullable String otherwise) {
        try {
            boolean isKnown = lag.isKnown();
            if (!isKnown && otherwise != null) {
                unreadable(otherwise);
            }
            return isKnown;
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException noAnswer) {
            unreadable("the lag of " + lag.group() + " cannot be read: " + ClusterAnswer.inWords(noAnswer));
            return false;
        }
    }

    /** A lag that is asked for and may never be seen. */
    void unreadable(String problem) {
        say(problem);
    }

    /** With --label. */
    final Map<String, Object> labelled(Map<String, Object> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        labels.forEach((name, value) -> all.put("label." + name, value));
        return all;
    }

    /** The file of --result, null without it. One of several runs has a suffix. */
    final @Nullable RunFile file(String suffix) {
        if (resultFile == null || suffix.isEmpty()) {
            return resultFile == null ? null : new RunFile(resultFile);
        }
        String name = resultFile.getFileName().toString().replaceFirst("\\.json$", "");
        return new RunFile(resultFile.resolveSibling(name + suffix + ".json"));
    }

    final OutputOption output() {
        return output;
    }

    final void say(String line) {
        output.say(line);
    }

    final ProgressLine progress() {
        return new ProgressLine(spec.commandLine().getErr(), Terminal.isPresent());
    }

    final Duration warmUpOr(Duration otherwise) {
        return warmUp == null ? otherwise : warmUp;
    }

    /** A steady rate, as an option has it. */
    final RateCurve steady(String option, double rate) {
        RateCurve.problemWith(rate).ifPresent(problem -> check(false, option + ": " + problem));
        return RateCurve.steady(rate);
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    final ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void checkName(String name) {
        check(!FIXED.contains(name), "--producer-setting: " + name + " cannot be set");
        check(
                ProducerConfig.configNames().contains(name),
                "--producer-setting: a producer has no " + name
                        + Spelling.suggestion(name, ProducerConfig.configNames()));
    }

    private Target target(Catalogue catalogue, Map<String, Object> clientSettings) {
        try {
            return Target.of(catalogue, topic, clientSettings, producerSettings);
        } catch (ConfigException wrong) {
            if (producerSettings.isEmpty()) {
                throw wrong;
            }
            throw new ParameterException(spec.commandLine(), "--producer-setting: " + wrong.getMessage(), wrong);
        }
    }

    /** On a cluster that is this environment's. A producer would wait a minute for a missing topic. */
    private int partitions(String name, Catalogue catalogue, Map<String, Object> clientSettings, Admin admin) {
        try {
            owner.demand(catalogue, admin);
            return ClusterAnswer.of(admin.describeTopics(List.of(name)).allTopicNames()).values().stream()
                    .mapToInt(each -> each.partitions().size())
                    .sum();
        } catch (UnknownTopicOrPartitionException absent) {
            throw new MissingTopicException(catalogue, List.of(name), clientSettings);
        }
    }
}
