package io.clinicalstreams.topics.size;

/**
 * The measured rate of a partition or a thread, and the record size. Larger records have the same bytes/s, so fewer
 * records/s; smaller records have the same records/s.
 *
 * @param records records/s as measured
 * @param bytes bytes of a record in the measurement
 */
record WorkRate(double records, double bytes) {

    /** Records/s for another record size. */
    double perSecond(double recordBytes) {
        return isBoundByBytes(recordBytes) ? records * bytes / recordBytes : records;
    }

    private boolean isBoundByBytes(double recordBytes) {
        return recordBytes > bytes;
    }

    /** The formula of {@link #perSecond}; empty if the rate is as measured. */
    String explained(String name, double recordBytes) {
        return isBoundByBytes(recordBytes)
                ? Numbers.in("; %s = %s records/s x %s / %s bytes", name, records, bytes, recordBytes)
                : "";
    }
}
