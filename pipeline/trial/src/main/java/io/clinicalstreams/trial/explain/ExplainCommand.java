package io.clinicalstreams.trial.explain;

import io.clinicalstreams.loadgen.replay.InputFiles;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.reference.ReferenceData;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Partitions;
import io.clinicalstreams.trial.AlertingTrial;
import io.clinicalstreams.trial.TrialListener;
import io.clinicalstreams.trial.TrialRules;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts explain}: says why an alert was raised, or why none was. */
@Command(
        name = "explain",
        description = {
            "Says why an alert was raised, or why none was: the input, the reading, each rule that listens to it, and the"
                    + " patient's alerts before and after. Evaluates the patient's input again, from a cluster or from"
                    + " files, with the rules of now; a lane that forgot older input may have known more.",
            "The output contains patient data. Not a medical device: alerts are not clinical advice."
        },
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<ExitCode> {

    /** What to explain. */
    private static final class Subject {

        @Parameters(paramLabel = "ALERT_ID", description = "The id of an alert.")
        private @Nullable String alert;

        @Option(names = "--observation", paramLabel = "ID", description = "The id of an Observation, or system|value.")
        private @Nullable String observation;
    }

    /** Where the lane's steps get the input from; may be run several times. */
    private interface Input {

        void run(TrialListener listener) throws IOException;
    }

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Option(
            names = "--input",
            arity = "1..*",
            paramLabel = "PATH",
            description = "FHIR files or folders, as for evaluate, instead of a cluster.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = "--reference",
            arity = "1..*",
            paramLabel = "FILE",
            description = "With --input: files of alert rules. Default: the built-in rules.")
    private List<Path> reference = new ArrayList<>();

    @Option(
            names = "--patient",
            paramLabel = "KEY",
            description = "The patient key, if the alert or Observation is not found: alert topics keep a day.")
    private @Nullable String patient;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private CatalogueOptions catalogue = new CatalogueOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public ExitCode call() throws IOException {
        Catalogue topics = catalogue.load();
        return inputs.isEmpty() ? onCluster(topics) : onFiles(topics);
    }

    private ExitCode onFiles(Catalogue topics) throws IOException {
        RuleTable rules = TrialRules.of(reference);
        List<Path> files = InputFiles.of(inputs).paths();
        return explain(rules, listener -> {
            AlertingTrial trial = new AlertingTrial(topics, rules, Instant.now(), listener);
            trial.takeAll(files, () -> false);
        });
    }

    private ExitCode onCluster(Catalogue topics) throws IOException {
        Map<String, Object> client = cluster.clientSettings(topics.where());
        RuleTable rules = TrialRules.of(ReferenceData.of(topics, client).present());
        PatientLog log = new PatientLog(topics, client);
        String received = topics.topic(TopicNames.RESOURCE_RECEIVED).fullName();
        int partitions = log.partitions(received);
        byte[] key = key(topics, log);
        AtomicLong logTime = new AtomicLong();
        List<ConsumerRecord<byte[], byte[]>> records = log.read(
                List.of(received, topics.topic(TopicNames.RESOURCE_REKEYED).fullName()),
                Partitions.partitionFor(key, partitions),
                record -> {
                    logTime.accumulateAndGet(record.timestamp(), Math::max);
                    return Arrays.equals(key, record.key());
                });
        return explain(rules, listener -> {
            AlertingTrial trial = new AlertingTrial(topics, rules, partitions, Instant.now(), listener);
            records.forEach(trial::take);
            trial.end(logTime.get());
        });
    }

    /** Whom it is about. */
    private byte[] key(Catalogue topics, PatientLog log) {
        if (patient != null) {
            return patient.getBytes(StandardCharsets.UTF_8);
        }
        List<ConsumerRecord<byte[], byte[]>> found;
        String alert = subject.alert;
        if (alert != null) {
            found = log.read(
                    List.of(topics.topic(TopicNames.ALERT_GENERATED).fullName()),
                    -1,
                    record -> alert.equals(new ClinicalHeaders(record.headers()).text(HeaderNames.ALERT_ID)));
        } else {
            ResourceReader reader = new LaneBlueprint(topics, new CompositeMeterRegistry()).clinicalReader();
            String id = Objects.requireNonNull(subject.observation);
            found = log.read(
                    List.of(topics.topic(TopicNames.OBSERVATION_RECORDED).fullName()),
                    -1,
                    record -> reader.read(record.value()).stream()
                            .anyMatch(resource -> Explaining.isObservation(resource, id)));
        }
        byte[] key = found.isEmpty() ? null : found.get(0).key();
        if (key == null) {
            throw new CommandException(
                    ExitCode.FAILURE, "not found in the topics as they are now; name the patient with --patient KEY");
        }
        return key;
    }

    /** An alert is made of the inputs behind its transitions; what the time alone caused has none. */
    private static void noteOrigin(Record<byte[], AlertRecord> alert, @Nullable String alertId, Set<String> origins) {
        ClinicalHeaders headers = new ClinicalHeaders(alert.headers());
        String origin = headers.text(HeaderNames.ORIGIN);
        if (origin != null && Objects.equals(headers.text(HeaderNames.ALERT_ID), alertId)) {
            origins.add(origin);
        }
    }

    private ExitCode explain(RuleTable rules, Input input) throws IOException {
        BiPredicate<ReadResource, Coordinates> wanted;
        if (subject.alert != null) {
            Set<String> origins = new HashSet<>();
            input.run(alert -> noteOrigin(alert, subject.alert, origins));
            wanted = (resource, origin) -> origins.contains(origin.toString());
        } else {
            String id = Objects.requireNonNull(subject.observation);
            wanted = (resource, origin) -> Explaining.isObservation(resource, id);
        }
        Explaining explaining = new Explaining(wanted, rules.book(), subject.alert);
        input.run(explaining);
        List<Explanation> explanations = explaining.explanations();
        if (explanations.isEmpty()) {
            throw new CommandException(
                    ExitCode.FAILURE, "not found in the input, which has no such alert or Observation");
        }
        output.print(
                () -> explanations.stream().map(each -> each.table().toString()).collect(Collectors.joining("\n\n")),
                () -> explanations);
        return ExitCode.OK;
    }
}
