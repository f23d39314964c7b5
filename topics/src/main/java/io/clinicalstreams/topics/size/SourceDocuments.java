package io.clinicalstreams.topics.size;

import java.util.Arrays;
import java.util.Optional;

/**
 * The source documents' two tables of partitions and brokers. They are shown for comparison and do not change the
 * result.
 */
final class SourceDocuments {

    private SourceDocuments() {}

    /** Brokers and partitions by throughput, regardless of replication and retention. */
    enum Milestone {
        SMALL("< 10 MB/s", 10, "3", "3-6"),
        MEDIUM("10-100 MB/s", 100, "5-7", "10-20"),
        LARGE("100 MB/s - 1 GB/s", 1000, "10+", "30-50"),
        ENTERPRISE("> 1 GB/s", Double.POSITIVE_INFINITY, "20+", "100+");

        final String throughput;
        final double belowMegabytes;
        final String brokers;
        final String partitions;

        Milestone(String throughput, double belowMegabytes, String brokers, String partitions) {
            this.throughput = throughput;
            this.belowMegabytes = belowMegabytes;
            this.brokers = brokers;
            this.partitions = partitions;
        }

        static Milestone at(double megabytesPerSecond) {
            return Arrays.stream(values())
                    .filter(milestone -> megabytesPerSecond < milestone.belowMegabytes)
                    .findFirst()
                    .orElse(ENTERPRISE);
        }
    }

    /** Partitions by kind of healthcare workload. The documents give no load for them. */
    enum Workload {
        HIGH_VOLUME_CLINICAL("high-volume clinical", "24-48"),
        ADMINISTRATIVE("administrative", "12-24"),
        REFERENCE("reference", "6-12");

        final String title;
        final String partitions;

        Workload(String title, String partitions) {
            this.title = title;
            this.partitions = partitions;
        }

        /** The row for a profile's topics; alerts and rejected input have none. */
        static Optional<Workload> of(String profile) {
            return switch (profile) {
                case "ingress", "throughput" -> Optional.of(HIGH_VOLUME_CLINICAL);
                case "administrative" -> Optional.of(ADMINISTRATIVE);
                case "reference" -> Optional.of(REFERENCE);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return partitions + " " + title;
        }
    }
}
