package io.clinicalstreams.pipeline.input;

import org.apache.kafka.common.TopicPartition;

/** Input from one offset on was begun several times and never committed. Trying again would only fill disks. */
public final class RepeatedAbortException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RepeatedAbortException(TopicPartition partition, long offset, int attempts) {
        super(
                ("input of %s from offset %d on was begun %d times and never committed: its transaction was aborted or its"
                                + " process ended. Once the cause is mended, start with input.attempts above %d")
                        .formatted(partition, offset, attempts, attempts));
    }
}
