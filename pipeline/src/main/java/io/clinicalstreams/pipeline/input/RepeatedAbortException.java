package io.clinicalstreams.pipeline.input;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Input from one offset on was begun several times and never committed. Trying again would only fill disks. */
public final class RepeatedAbortException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param refused the last attempts, not empty. Partitions of one transaction are aborted together. */
    RepeatedAbortException(Map<TopicPartition, InputAttempts.Attempt> refused) {
        super("input of " + inWords(refused) + " and never committed: "
                + (refused.size() == 1 ? "its" : "one of these partitions is the cause; its")
                + " transaction was aborted or its process ended. The lane tries once more from "
                + nextAttempt(refused) + " on, if it is started again. To start earlier, once the cause is mended, set"
                + " input.attempts above " + mostAttempts(refused));
    }

    private static String inWords(Map<TopicPartition, InputAttempts.Attempt> refused) {
        return refused.entrySet().stream()
                .map(each -> "%s from offset %d on was begun %d times"
                        .formatted(
                                each.getKey(),
                                each.getValue().offset(),
                                each.getValue().count()))
                .sorted()
                .collect(Collectors.joining(", of "));
    }

    private static Instant nextAttempt(Map<TopicPartition, InputAttempts.Attempt> refused) {
        return refused.values().stream()
                .map(InputAttempts.Attempt::at)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(InputAttempts.PAUSE);
    }

    private static int mostAttempts(Map<TopicPartition, InputAttempts.Attempt> refused) {
        return refused.values().stream()
                .mapToInt(InputAttempts.Attempt::count)
                .max()
                .orElseThrow();
    }
}
