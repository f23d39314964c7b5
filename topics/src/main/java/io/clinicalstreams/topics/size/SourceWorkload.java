package io.clinicalstreams.topics.size;

import java.util.Optional;

/** The source documents' table of partitions by kind of healthcare workload. They give no load for it. */
enum SourceWorkload {
    HIGH_VOLUME_CLINICAL("high-volume clinical", 24, 48),
    ADMINISTRATIVE("administrative", 12, 24),
    REFERENCE("reference", 6, 12);

    private final String title;
    private final int from;
    private final int to;

    SourceWorkload(String title, int from, int to) {
        this.title = title;
        this.from = from;
        this.to = to;
    }

    /** Which row a profile's topics fall into; alerts and refused input are in none. */
    static Optional<SourceWorkload> ofProfile(String profile) {
        return switch (profile) {
            case "ingress", "throughput" -> Optional.of(HIGH_VOLUME_CLINICAL);
            case "administrative" -> Optional.of(ADMINISTRATIVE);
            case "reference" -> Optional.of(REFERENCE);
            default -> Optional.empty();
        };
    }

    String range() {
        return from + "-" + to;
    }

    @Override
    public String toString() {
        return range() + " " + title;
    }
}
