package io.clinicalstreams.pipeline.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which changelog partitions a lane is restoring now. */
final class RestoreProgress implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);

    private final Set<TopicPartition> restoring = ConcurrentHashMap.newKeySet();

    boolean isRestoring() {
        return !restoring.isEmpty();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        if (to > from) {
            restoring.add(partition);
            LOG.atInfo()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .log("restores up to " + (to - from) + " records");
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long upTo, long records) {
        // Nothing to tell: the end is.
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        restoring.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long records) {
        restoring.remove(partition);
    }
}
