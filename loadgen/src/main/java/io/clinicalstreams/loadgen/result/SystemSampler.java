package io.clinicalstreams.loadgen.result;

import com.sun.management.OperatingSystemMXBean;
import io.clinicalstreams.loadgen.measure.Lag;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Samples processes of this machine, the lag of groups, and the size of the brokers' logs. */
public final class SystemSampler implements AutoCloseable {

    private static final double MIB = 1 << 20;
    private static final double PERCENT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private final Map<String, ProcessSampler> processes;
    private final List<Lag> lags;
    private final @Nullable Admin admin;
    private List<Integer> brokers;

    /**
     * @param processes ids of processes of this machine, by name; this process is among them if it is to be sampled
     * @param lags of the groups that read the input
     * @param admin the caller's; null to leave the brokers' logs out
     */
    public SystemSampler(Map<String, Long> processes, List<Lag> lags, @Nullable Admin admin) {
        this.processes = new TreeMap<>();
        processes.forEach((name, pid) -> this.processes.put(name, new ProcessSampler(pid)));
        this.lags = List.copyOf(lags);
        this.admin = admin;
        this.brokers = admin == null ? List.of() : brokers(admin);
    }

    /** Since the sample before. */
    SystemSample next() {
        Map<String, ProcessSample> ofProcesses = new TreeMap<>();
        processes.forEach((name, sampler) -> sampler.next().ifPresent(sample -> ofProcesses.put(name, sample)));
        Map<String, Long> ofGroups = new TreeMap<>();
        for (Lag lag : lags) {
            long records = lag.records();
            if (records >= 0) {
                ofGroups.put(lag.group(), records);
            }
        }
        return new SystemSample(ofGroups, ofProcesses, cpu(), memory(), logMib());
    }

    private static @Nullable Double cpu() {
        double load = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getCpuLoad()
                : -1;
        return load < 0 ? null : (Double) FigureText.rounded(load * PERCENT);
    }

    private static @Nullable Double memory() {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            Map<String, Double> kib = lines.filter(line -> line.startsWith("Mem"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')),
                            line -> Double.valueOf(line.replaceAll("[^0-9]", ""))));
            Double total = kib.get("MemTotal");
            Double available = kib.get("MemAvailable");
            return total == null || available == null
                    ? null
                    : (Double) FigureText.rounded(PERCENT * (1 - available / total));
        } catch (IOException notLinux) {
            return null;
        }
    }

    /** None if this login may not describe the cluster. */
    private static List<Integer> brokers(Admin admin) {
        try {
            return ClusterAnswer.of(admin.describeCluster().nodes(), PATIENCE).stream()
                    .map(Node::id)
                    .toList();
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException refused) {
            return List.of();
        }
    }

    private @Nullable Double logMib() {
        if (admin == null || brokers.isEmpty()) {
            return null;
        }
        try {
            return FigureText.rounded(
                    ClusterAnswer.of(admin.describeLogDirs(brokers).allDescriptions(), PATIENCE).values().stream()
                                    .flatMap(folders -> folders.values().stream())
                                    .flatMap(folder -> folder.replicaInfos().values().stream())
                                    .mapToLong(replica -> replica.size())
                                    .sum()
                            / MIB);
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (AuthorizationException refused) {
            // Asking again each second would only fill the brokers' audit logs.
            brokers = List.of();
            return null;
        } catch (KafkaException noAnswer) {
            return null;
        }
    }

    @Override
    public void close() {
        processes.values().forEach(ProcessSampler::close);
    }
}
