package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
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
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shared by the two commands that send: target, settings, measurement and exit codes. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all records were sent and confirmed",
            "1:a record was refused or not confirmed, an input file cannot be read, or measuring ended early",
            "2:wrong usage or configuration, or no such input",
            "3:the run fell behind its schedule, --measure measured nothing, or acks=0 left all records unconfirmed"
        })
abstract class SendingCommand implements Callable<ExitCode> {

    private static final int MOST_THREADS = 64;

    /** After this long without an output, all outputs have arrived. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

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
            description = "How long to send before --duration begins, such as 20s; not measured (default: no warm-up).")
    private @Nullable Duration warmUp;

    @Option(
            names = "--measure",
            description = "Also read the outputs and measure the latency from the intended send time to each:"
                    + " the recorded topics and the alerts, or with another --topic that topic itself.")
    private boolean measure;

    private int partitions;

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
     * @param partitions queries the topic's number of partitions
     */
    abstract Source source(Catalogue catalogue, Schedule schedule, Callable<Integer> partitions) throws Exception;

    /** A closing remark for the user, one line; null for none. */
    @Nullable
    String remark() {
        return null;
    }

    /** The options that only this command has, for the summary. */
    abstract Map<String, Object> settings();

    @Override
    @SuppressWarnings("try") // the signal is not used, only kept open
    public final ExitCode call() throws Exception {
        check(threads >= 1 && threads <= MOST_THREADS, "--threads: must be from 1 to " + MOST_THREADS);
        RateCurve load = load();
        producerSettings.keySet().forEach(this::checkName);
        Catalogue catalogue = catalogueOptions.load();
        Map<String, Object> clientSettings = cluster.settings(catalogue.where());
        Target target = target(catalogue, clientSettings);
        Callable<Integer> partitions = () -> partitions(target.topic(), catalogue, clientSettings);
        Schedule schedule = new Schedule(load, warmUp == null ? Duration.ZERO : warmUp, duration());
        try (Source source = source(catalogue, schedule, partitions);
                Sender sender = Sender.open(target, threads);
                @Nullable LatencyProbe probe = measure ? probe(catalogue, target.topic(), clientSettings) : null;
                StopSignal signal = StopSignal.telling(sender::stop, LONGEST_WAIT)) {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("topic", target.topic());
            settings.put("partitions", partitions.call());
            settings.put("threads", threads);
            settings.put("warmUpSeconds", schedule.warmUp().toMillis() / 1e3);
            settings.put("rate", load.summary());
            settings.putAll(settings());
            PrintWriter err = spec.commandLine().getErr();
            SendResult result = sender.run(source, schedule, new ProgressLine(err, Terminal.isPresent()));
            if (probe != null) {
                probe.awaitQuiet(QUIET, LONGEST_WAIT);
            }
            Summary summary = new Summary(
                    settings, target.effectiveSettings(), schedule, result, probe == null ? null : probe.snapshot());
            output.print(() -> summary.table().stripTrailing(), summary::fields);
            Stream.concat(result.problems().stream(), Stream.ofNullable(remark()))
                    .forEach(err::println);
            err.flush();
            return summary.exitCode();
        }
    }

    /** A steady rate, as an option has it. */
    final RateCurve steady(double rate) {
        RateCurve.problemWith(rate).ifPresent(problem -> check(false, "--rate: " + problem));
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

    /** Queried once, on a cluster that is this environment's: a producer would wait a minute for a missing topic. */
    private int partitions(String name, Catalogue catalogue, Map<String, Object> clientSettings) {
        if (partitions == 0) {
            try (Admin admin = cluster.admin(catalogue.where())) {
                owner.demand(catalogue, admin);
                partitions = ClusterAnswer.of(
                                admin.describeTopics(List.of(name)).allTopicNames())
                        .values()
                        .stream()
                        .mapToInt(each -> each.partitions().size())
                        .sum();
            } catch (UnknownTopicOrPartitionException absent) {
                throw new MissingTopicException(catalogue, List.of(name), clientSettings);
            }
        }
        return partitions;
    }

    private static LatencyProbe probe(Catalogue catalogue, String topic, Map<String, Object> clientSettings) {
        boolean isInput = catalogue.topics().stream()
                .anyMatch(known -> known.name().equals(TopicNames.RESOURCE_RECEIVED)
                        && known.fullName().equals(topic));
        return isInput
                ? LatencyProbe.ofPipeline(catalogue, clientSettings)
                : LatencyProbe.ofTopic(catalogue, topic, clientSettings);
    }
}
