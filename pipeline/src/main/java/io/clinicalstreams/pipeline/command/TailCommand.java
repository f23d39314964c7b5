package io.clinicalstreams.pipeline.command;

import io.clinicalstreams.pipeline.inbox.AlertInbox;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.MissingTopicException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alerts tail}: prints alerts as they arrive, one line each. */
@Command(
        name = "tail",
        description = {
            "Prints alerts as they arrive, one line each, until Ctrl-C.",
            "Not a medical device: alerts are not clinical advice."
        },
        mixinStandardHelpOptions = true)
public final class TailCommand implements Callable<ExitCode> {

    private static final Duration STOP = Duration.ofSeconds(2);

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private CatalogueOptions catalogue = new CatalogueOptions();

    @Option(names = "--from-beginning", description = "Begin with the oldest alert still in the topic.")
    private boolean fromBeginning;

    @Option(names = "--max", paramLabel = "N", description = "End after this many alerts.")
    private long max = Long.MAX_VALUE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    @SuppressWarnings("try") // Opened only to listen for the signal.
    public ExitCode call() {
        LogLevel.demand(System.getenv());
        if (max < 1) {
            throw new ParameterException(spec.commandLine(), "--max: must be at least 1, was " + max);
        }
        Catalogue topics = catalogue.load();
        Topic alerts = topics.topic(TopicNames.ALERT_GENERATED);
        Map<String, Object> settings =
                AlertInbox.settings(new HashMap<>(alerts.consumer().plain()));
        settings.putAll(cluster.clientSettings(topics.where()));
        try (Consumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                StopSignal signal = StopSignal.telling(consumer::wakeup, STOP)) {
            seek(consumer, alerts.fullName(), topics, settings);
            print(consumer, spec.commandLine().getOut(), max, OutputReaders.ofStandardOutput()::haveEnded);
        } catch (WakeupException stopped) {
            return ExitCode.OK;
        }
        return ExitCode.OK;
    }

    private void seek(Consumer<byte[], byte[]> consumer, String topic, Catalogue topics, Map<String, Object> settings) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new MissingTopicException(topics, List.of(topic), settings);
        }
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        partitions.forEach(consumer::position);
    }

    /** @param unread whether the reader has ended, as head does */
    static void print(Consumer<byte[], byte[]> consumer, PrintWriter out, long max, BooleanSupplier unread) {
        AtomicLong printed = new AtomicLong();
        BooleanSupplier enough = () -> out.checkError() || printed.get() >= max;
        AlertInbox inbox = new AlertInbox(
                consumer,
                alert -> {
                    if (!enough.getAsBoolean()) {
                        out.println(AlertLine.of(alert.detectedIssue()));
                        printed.incrementAndGet();
                    }
                },
                Runnable::run);
        inbox.follow(() -> enough.getAsBoolean() || unread.getAsBoolean());
    }
}
