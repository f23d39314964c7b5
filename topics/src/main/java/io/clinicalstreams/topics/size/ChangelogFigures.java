package io.clinicalstreams.topics.size;

/**
 * What a lane's changelogs take, in words.
 *
 * @param packing what the lane's producer leaves of a record, as a share
 */
record ChangelogFigures(Inputs inputs, DesignLoad load, CompactedLog log, double packing, int copies) {

    private static final double MB = 1e6;

    Figure written() {
        return new Figure(
                "changelog written",
                log.written() / MB,
                "MB/s",
                "T x puts x bytes x packed, as the lane's producer packs = %s x %s x %s x %s"
                        .formatted(
                                Numbers.of(load.perSecond()),
                                Numbers.of(inputs.of(SizeInput.PUTS)),
                                Numbers.of(inputs.of(SizeInput.STATE_BYTES)),
                                Numbers.of(packing)));
    }

    Figure read(int warmCopies) {
        return new Figure(
                "changelog read",
                log.written() * warmCopies / MB,
                "MB/s",
                "written x standbys, where other instances are = %s x %d"
                        .formatted(Numbers.of(log.written() / MB), warmCopies));
    }

    Figure ofPartition() {
        return new Figure(
                "changelog of a partition",
                log.bytesPerPartition() / MB,
                "MB",
                "at most, closed and open: " + log.formula());
    }

    Figure stored() {
        return new Figure(
                "changelog stored",
                log.stored(copies) / MB,
                "MB",
                "(of a partition x partitions + live, while cleaned) x copies = (%s x %d + %s) x %d"
                        .formatted(
                                Numbers.of(log.bytesPerPartition() / MB),
                                log.partitions(),
                                Numbers.of(log.live() / MB),
                                copies));
    }
}
