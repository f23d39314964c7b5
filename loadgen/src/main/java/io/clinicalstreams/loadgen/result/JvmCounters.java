package io.clinicalstreams.loadgen.result;

/**
 * What a JVM and the Kafka in it have counted since their start.
 *
 * @param heapBytes used now, garbage included
 * @param pauseMillis of the garbage collector
 * @param bytesIn what a broker received from producers, or what a client's consumers received
 * @param bytesOut what a broker sent to consumers, or what a client's producers sent
 */
record JvmCounters(double heapBytes, double pauseMillis, double bytesIn, double bytesOut) {

    /** What was counted since, with the heap of now. A client that was closed takes its count along. */
    JvmCounters since(JvmCounters before) {
        return new JvmCounters(
                heapBytes,
                pauseMillis - before.pauseMillis,
                Math.max(0, bytesIn - before.bytesIn),
                Math.max(0, bytesOut - before.bytesOut));
    }
}
