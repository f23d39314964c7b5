package io.clinicalstreams.pipeline.runtime.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changelog partitions that a lane is restoring, and how many records of each it has restored. */
public final class RestoreProgress implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);

    private final Map<TopicPartition, Long> restored = new ConcurrentHashMap<>();

    public boolean isRestoring() {
        return !restored.isEmpty();
    }

    /** Records restored so far, by partition that is being restored. */
    Map<TopicPartition, Long> restored() {
        return Map.copyOf(restored);
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        if (to > from) {
            restored.put(partition, 0L);
            LOG.atInfo()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .log("restoring up to " + (to - from) + " records");
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long upTo, long records) {
        restored.computeIfPresent(partition, (each, before) -> before + records);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        restored.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long records) {
        restored.remove(partition);
    }
}
