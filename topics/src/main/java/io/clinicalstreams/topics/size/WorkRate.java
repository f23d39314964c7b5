package io.clinicalstreams.topics.size;

/**
 * How fast a partition or a thread worked, and on records of what size. For larger records the bytes/s stay the same, so
 * the records/s are fewer; for smaller records the records/s stay the same.
 *
 * @param records records/s as measured
 * @param bytes of a record in the measurement
 */
record WorkRate(double records, double bytes) {

    /** Records/s of another size. */
    double perSecond(double recordBytes) {
        return isBoundByBytes(recordBytes) ? records * bytes / recordBytes : records;
    }

    private boolean isBoundByBytes(double recordBytes) {
        return recordBytes > bytes;
    }

    /** The computation of {@link #perSecond}; empty where the rate is the measured one. */
    String explained(String name, double recordBytes) {
        return isBoundByBytes(recordBytes)
                ? Numbers.in("; %s = %s records/s x %s / %s bytes", name, records, bytes, recordBytes)
                : "";
    }
}
