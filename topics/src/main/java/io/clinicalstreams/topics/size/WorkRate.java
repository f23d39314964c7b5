package io.clinicalstreams.topics.size;

/**
 * How fast something worked, and on what: the rate of a partition or a thread holds for records of the size it was
 * measured with. Larger ones are fewer, so that the bytes/s stay; smaller ones are no more.
 *
 * @param records records/s as measured
 * @param bytes of a record then
 */
record WorkRate(double records, double bytes) {

    /** Records/s of another size. */
    double perSecond(double recordBytes) {
        return isBoundByBytes(recordBytes) ? records * bytes / recordBytes : records;
    }

    private boolean isBoundByBytes(double recordBytes) {
        return recordBytes > bytes;
    }

    /** How it comes about for records of a size, in numbers, where that is not as measured. */
    String explained(String name, double recordBytes) {
        return isBoundByBytes(recordBytes)
                ? "; %s = %s records/s x %s / %s bytes"
                        .formatted(name, Numbers.of(records), Numbers.of(bytes), Numbers.of(recordBytes))
                : "";
    }
}
