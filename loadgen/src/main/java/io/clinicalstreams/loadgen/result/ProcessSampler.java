package io.clinicalstreams.loadgen.result;

import io.clinicalstreams.loadgen.measure.CpuTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Samples one process of this machine. */
final class ProcessSampler implements AutoCloseable {

    private static final double MIB = 1 << 20;
    private static final double KIB_PER_MIB = 1 << 10;
    private static final String RESIDENT = "VmRSS:";

    private final long pid;
    private final @Nullable LocalJvm jvm;
    private @Nullable CpuTimes lastCpu;
    private @Nullable JvmCounters lastJvm;

    ProcessSampler(long pid) {
        this.pid = pid;
        this.jvm = LocalJvm.of(pid).orElse(null);
        // The first sample is of the time since now.
        next();
    }

    /** Since the sample before; empty if it has ended, or if this system reports nothing about it. */
    Optional<ProcessSample> next() {
        CpuTimes now = CpuTimes.find(pid).orElse(null);
        CpuTimes before = lastCpu;
        JvmCounters counted = jvm == null ? null : jvm.counters().orElse(null);
        JvmCounters since = counted == null || lastJvm == null ? null : counted.since(lastJvm);
        lastCpu = now;
        lastJvm = counted;
        if (now == null || before == null) {
            return Optional.empty();
        }
        double seconds = now.secondsSince(before);
        return Optional.of(new ProcessSample(
                FigureText.rounded(now.cpuSecondsSince(before) / seconds),
                resident(),
                since == null ? null : FigureText.rounded(since.heapBytes() / MIB),
                since == null ? null : FigureText.rounded(since.pauseMillis()),
                since == null ? null : FigureText.rounded(since.bytesIn() / MIB / seconds),
                since == null ? null : FigureText.rounded(since.bytesOut() / MIB / seconds)));
    }

    private @Nullable Double resident() {
        try {
            // As a whole: lines that are read one by one throw another exception if the process ends meanwhile.
            return Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                    .lines()
                    .filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .findFirst()
                    .map(kib -> FigureText.rounded(Double.parseDouble(kib) / KIB_PER_MIB))
                    .orElse(null);
        } catch (IOException notLinux) {
            return null;
        }
    }

    @Override
    public void close() {
        if (jvm != null) {
            jvm.close();
        }
    }
}
