package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.Verifier;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.alert.ExpectedAlerts;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A test's topics and lanes, under its own prefix on a cluster that may be shared: sends input, runs pipeline
 * processes, and verifies the output.
 */
public final class TestSystem implements AutoCloseable {

    private static final Duration QUIET_WITHIN = Duration.ofSeconds(90);
    private static final Duration WITHOUT_END = Duration.ofDays(1);

    /**
     * At least one alert per this many generated critical records. An episode has two to five of them, and some alerts
     * may not have begun yet. Measured at 5 % critical: one per 3.1 to 5, from 500 records on.
     */
    private static final double CRITICAL_RECORDS_FOR_AN_ALERT = 10;

    /**
     * Patients per rule with more than one possible end state, for each required alert. They grow with the run, because
     * eventually each has mis-keyed records. Measured with everything that changes the past: with one record in twenty
     * mis-keyed, 0.4 at 3,000 records of a hundred patients, 0.8 at 25,000 of four hundred; with one in fifty, 0.2 at
     * 25,000.
     */
    private static final double MOST_AMBIGUOUS_FOR_AN_ALERT = 0.9;

    /** The share of the alerts that the oracle must require, not only tolerate. */
    private static final double DEMANDED_OF_THOSE_THAT_STAND = 0.5;

    private final String bootstrapServers;
    private final CatalogueCopy files;
    private final Catalogue catalogue;
    private final Verifier verifier;
    private final Map<String, String> kafka = new HashMap<>();
    private final List<PipelineProcess> processes = new ArrayList<>();
    private final Map<Load, SentKinds> generated = new HashMap<>();
    private List<String> jvm = PipelineProcess.SMALL;
    private Optional<URI> brokerMetrics = Optional.empty();
    private String environment;
    private String lanesBootstrap;
    private long acknowledged;
    private double critical;

    private TestSystem(String bootstrapServers, CatalogueCopy files) {
        this.bootstrapServers = bootstrapServers;
        this.files = files;
        this.catalogue = files.load();
        this.environment = catalogue.environment();
        this.lanesBootstrap = bootstrapServers;
        Map<String, Object> reading = new HashMap<>(client());
        // Closing a consumer waits for its pending fetch, and a verdict closes a dozen.
        reading.put("fetch.max.wait.ms", "50");
        this.verifier = new Verifier(catalogue, reading);
    }

    /**
     * Creates the topics.
     *
     * @param name unique on the cluster: lower-case letters, digits and hyphens
     * @param replication replication factor; all replicas but one must be in sync
     */
    public static TestSystem on(String bootstrapServers, String name, int replication) {
        TestSystem system = empty(bootstrapServers, name, replication);
        try (Admin admin = system.admin()) {
            Set<String> unused = TopicsOnCluster.createMissing(system.catalogue, admin);
        }
        return system;
    }

    /** The same without creating the topics. */
    static TestSystem empty(String bootstrapServers, String name, int replication) {
        return new TestSystem(bootstrapServers, CatalogueCopy.withEnvironment(name, replication));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** A topic's name on the cluster. */
    public String fullName(String topic) {
        return catalogue.topic(topic).fullName();
    }

    public List<TopicPartition> partitions(String topic) {
        Topic named = catalogue.topic(topic);
        return IntStream.range(0, named.partitions())
                .mapToObj(each -> new TopicPartition(named.fullName(), each))
                .toList();
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** What every client needs. */
    public Map<String, Object> client() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    /** Sets a topic's setting on the cluster, as Kafka's own tools do. */
    void set(String topic, String setting, String value) {
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, fullName(topic)),
                            List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    public Admin admin() {
        return Admin.create(client());
    }

    /** The output of {@code topics} with these arguments, on this system's cluster and catalogue. */
    public CommandResult topics(String... words) {
        return type("topics", words);
    }

    /** The same for any command. */
    CommandResult type(String command, String... words) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(words));
        all.addAll(List.of(
                "--bootstrap-server",
                bootstrapServers,
                "--catalogue",
                files.folder().toString(),
                "--environment",
                catalogue.environment()));
        return CommandResult.by(all);
    }

    /** As an operator would. */
    public void applyReferenceData() {
        CommandResult apply = topics("reference", "apply", "--yes");
        assertThat(apply.exitCode()).as(apply.err()).isZero();
    }

    /** The same for rules of another owner. */
    void applyRules(String yaml) {
        Path unused = files.write("alert-rules.yaml", yaml);
        CommandResult apply =
                topics("reference", "apply", "--rules", files.folder().toString(), "--yes");
        assertThat(apply.exitCode()).as(apply.err()).isZero();
    }

    /** Lanes started from now on use an environment with the same topics, with one text of its file replaced. */
    public void inAnotherEnvironment(String name, String old, String replacement) {
        files.addEnvironment(name, old, replacement);
        environment = name;
    }

    /** Lanes started from now on connect to these addresses, and to what they advertise. */
    public void through(String addresses) {
        lanesBootstrap = addresses;
    }

    /** A Kafka setting of all lanes started from now on. */
    public TestSystem with(String setting, String value) {
        kafka.put(setting, value);
        return this;
    }

    /** The brokers notice that a lane started from now on was killed or stopped as soon as they allow, not after 10 s. */
    public TestSystem withShortSessions() {
        return with("main.consumer.session.timeout.ms", "3000").with("main.consumer.heartbeat.interval.ms", "1000");
    }

    TestSystem withBrokerMetrics(Optional<URI> metrics) {
        brokerMetrics = metrics;
        return this;
    }

    /** Where a broker serves its metrics; empty for a container's. */
    Optional<URI> brokerMetrics() {
        return brokerMetrics;
    }

    /** Lanes started from now on run as the launcher starts them. */
    public TestSystem asLaunched() {
        jvm = PipelineProcess.AS_LAUNCHED;
        return this;
    }

    /** Lanes started from now on have the heap that the launcher gives them. */
    public TestSystem atTheLaunchersHeap() {
        jvm = PipelineProcess.AT_THE_LAUNCHERS_HEAP;
        return this;
    }

    /** Starts both lanes in one process; a process with the same instance id inherits the previous one's folder. */
    PipelineProcess pipeline(String instanceId, String... more) {
        return pipelineOn("disk-" + instanceId, instanceId, more);
    }

    /** The same with the given state folder. */
    public PipelineProcess pipelineOn(String disk, String instanceId, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-server",
                lanesBootstrap,
                "--catalogue",
                files.folder().toString(),
                "--environment",
                environment,
                "--instance-id",
                instanceId,
                "--state-dir",
                files.folder().resolve(disk).toString(),
                "--http-port",
                "0"));
        if (!kafka.isEmpty()) {
            arguments.add("--config");
            arguments.add(configuration().toString());
        }
        arguments.addAll(List.of(more));
        Path log = files.folder().resolve("pipeline-" + processes.size() + '-' + instanceId + ".log");
        PipelineProcess process = PipelineProcess.start(jvm, arguments, log);
        processes.add(process);
        return process;
    }

    /** Everything that its processes have written, and what they read. */
    List<Path> files() {
        try (Stream<Path> all = Files.walk(files.folder())) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path configuration() {
        StringBuilder yaml = new StringBuilder("kafka:\n");
        kafka.forEach((name, value) ->
                yaml.append("  ").append(name).append(": ").append(value).append('\n'));
        return files.write("pipeline.yaml", yaml.toString());
    }

    /** Sends generated input until it is stopped. */
    public Load load(Scenario scenario, double rate) {
        Sender sender = sender();
        Generator generator = new Generator(scenario, sender.partitions());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        SentKinds kinds = new SentKinds(scenario);
        Source source = new GeneratorSource(generator, now, RateCurve.steady(rate), Long.MAX_VALUE, kinds::add);
        Load load = Load.start(sender, source, rate);
        generated.put(load, kinds);
        return load;
    }

    Sender sender() {
        return Sender.open(catalogue, Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Sends these without delay, in order, and returns the results. */
    SendResult send(Iterable<Outgoing> records) {
        Iterator<Outgoing> rest = records.iterator();
        Source source = () -> rest.hasNext() ? rest.next() : null;
        try (Sender sender = sender()) {
            SendResult sent = sender.run(source, Schedule.of(0, WITHOUT_END), progress -> {});
            acknowledged += sent.acknowledged();
            return sent;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stops the load when it has sent every kind of its settings; what was confirmed must be found again. */
    public SendResult stop(Load load) {
        SentKinds kinds = generated.get(load);
        if (kinds != null) {
            kinds.awaitEach();
        }
        SendResult sent = load.stop();
        acknowledged += sent.acknowledged();
        critical += kinds == null ? 0 : kinds.critical() * sent.acknowledged();
        return sent;
    }

    /** Waits until both lanes have no lag. */
    public void awaitQuiet() {
        verifier.awaitProcessed(Mark.BEGINNING, QUIET_WITHIN);
    }

    /** The same for a backlog, as long as the process lives. */
    void awaitQuiet(Duration atMost, PipelineProcess process) {
        verifier.awaitProcessed(Mark.BEGINNING, atMost, () -> !process.isAlive());
    }

    public List<String> groups() {
        return catalogue.lanes().stream().map(Lane::applicationId).toList();
    }

    /** Waits until processing is complete, then checks every guarantee against the topics. */
    public Verdict verdict() {
        awaitQuiet();
        RunVerdict run = verifier.judge(Mark.BEGINNING, acknowledged);
        assertThat(run.broken()).as("guarantees").isEmpty();
        AlertForms finalForms = AlertForms.current(verifier.source(), verifier.topics(), Mark.BEGINNING);
        ExpectedAlerts due = Objects.requireNonNull(run.due());
        // Also if the rules came after the first input and the lane waited for them.
        assertThat(due.compare(finalForms).broken())
                .as("every required alert, in its final state")
                .isEmpty();
        assertJudged(due, finalForms);
        return run.resources();
    }

    /** An oracle that requires nothing or tolerates everything would pass every run. */
    private void assertJudged(ExpectedAlerts due, AlertForms finalForms) {
        long standing = finalForms.byId().size();
        assertThat(due.demanded())
                .as("required alerts")
                .isGreaterThanOrEqualTo((long) (critical / CRITICAL_RECORDS_FOR_AN_ALERT))
                .isGreaterThanOrEqualTo((long) (standing * DEMANDED_OF_THOSE_THAT_STAND));
        if (critical > 0) {
            assertThat(standing).as("alerts").isPositive();
            assertThat((double) due.ambiguous())
                    .as("patients per rule with more than one possible end state")
                    .isLessThanOrEqualTo(due.demanded() * MOST_AMBIGUOUS_FOR_AN_ALERT);
        }
    }

    Verifier verifier() {
        return verifier;
    }

    /** Every committed record of a topic. */
    List<ConsumerRecord<byte[], byte[]>> read(String name) {
        Topic topic = catalogue.topic(name);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        verifier.source()
                .read(
                        new VerifiedTopic(name, topic.fullName(), topic.partitions(), Integer.MAX_VALUE),
                        Mark.BEGINNING,
                        records::add);
        return records;
    }

    @Override
    public void close() {
        processes.forEach(PipelineProcess::close);
        files.close();
    }
}
