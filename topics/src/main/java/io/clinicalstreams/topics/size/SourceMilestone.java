package io.clinicalstreams.topics.size;

import java.util.Arrays;

/** The source documents' table of brokers and partitions by throughput, whatever copies and retention are. */
enum SourceMilestone {
    SMALL("< 10 MB/s", 10, "3", "3-6"),
    MEDIUM("10-100 MB/s", 100, "5-7", "10-20"),
    LARGE("100 MB/s - 1 GB/s", 1000, "10+", "30-50"),
    ENTERPRISE("> 1 GB/s", Double.POSITIVE_INFINITY, "20+", "100+");

    private final String throughput;
    private final double belowMegabytes;
    private final String brokers;
    private final String partitions;

    SourceMilestone(String throughput, double belowMegabytes, String brokers, String partitions) {
        this.throughput = throughput;
        this.belowMegabytes = belowMegabytes;
        this.brokers = brokers;
        this.partitions = partitions;
    }

    static SourceMilestone at(double megabytesPerSecond) {
        return Arrays.stream(values())
                .filter(milestone -> megabytesPerSecond < milestone.belowMegabytes)
                .findFirst()
                .orElse(ENTERPRISE);
    }

    String throughput() {
        return throughput;
    }

    String brokers() {
        return brokers;
    }

    String partitions() {
        return partitions;
    }
}
