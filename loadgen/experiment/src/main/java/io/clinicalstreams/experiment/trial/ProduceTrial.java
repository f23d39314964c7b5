package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.TrialLoad;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.loadgen.send.Target;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Node;

/**
 * A bare producer sends to a topic.
 *
 * @param brokers ids of the brokers' processes
 * @param topic its full name; exists and is empty
 * @param producer all settings of the producer, the address excluded
 */
record ProduceTrial(
        String bootstrapServers,
        List<Long> brokers,
        String topic,
        int partitions,
        int replication,
        Map<String, String> producer,
        TrialLoad load)
        implements Trial {

    private static final double MICROS_PER_MILLI = 1e3;
    private static final double MEDIAN = 50;
    private static final double HIGH = 99;

    @Override
    public Map<Metric, Double> measure() throws IOException {
        Map<String, Object> client = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        Map<String, Object> settings = new HashMap<>(producer);
        settings.putAll(client);
        try (Sender sender = Sender.open(Target.of(topic, settings), 1);
                Source source = RecordPool.of(load, partitions);
                Admin admin = Admin.create(client)) {
            long before = send(sender, source, load.warmUp()).records();
            TrialTimes start = TrialTimes.untilNow(brokers);
            SendResult sent = send(sender, source, load.duration());
            requireSchedule(sent, load);
            Map<Metric, Double> figures = TrialTimes.untilNow(brokers).perRecordSince(start, sent.records());
            if (load.rate() > 0 && sent.produce().getTotalCount() > 0) {
                putConfirmed(sent, figures);
            }
            double logBytes = logBytes(admin, topic);
            figures.put(Metric.LOG_BYTES_PER_RECORD, logBytes / replication / (before + sent.records()));
            return figures;
        }
    }

    private SendResult send(Sender sender, Source source, Duration duration) throws IOException {
        SendResult sent = sender.run(source, Schedule.of(load.rate(), duration), progress -> {});
        if (sent.failed() > 0 || sent.refused() > 0) {
            throw new CommandException(ExitCode.FAILURE, String.join("; ", sent.problems()));
        }
        return sent;
    }

    /** Latencies of a sender that falls behind are its own. A moment is too short to tell, and not measured. */
    static void requireSchedule(SendResult sent, TrialLoad load) {
        if (sent.notSent() > 0 || (!sent.keptSchedule() && !load.isForAMoment())) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "the producer fell behind its schedule of " + load.rate() + " records/s; load.rate must be lower");
        }
    }

    static void putConfirmed(SendResult sent, Map<Metric, Double> figures) {
        figures.put(Metric.CONFIRMED_P50, millis(sent.produce(), MEDIAN));
        figures.put(Metric.CONFIRMED_P99, millis(sent.produce(), HIGH));
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** Of all replicas. */
    private static long logBytes(Admin admin, String topic) {
        List<Integer> ids = ClusterAnswer.of(admin.describeCluster().nodes()).stream()
                .map(Node::id)
                .toList();
        return ClusterAnswer.of(admin.describeLogDirs(ids).allDescriptions()).values().stream()
                .flatMap(folders -> folders.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().equals(topic))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }
}
