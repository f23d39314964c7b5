package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicReader;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import java.time.Duration;
import java.util.Map;

/**
 * The size of the changelog that a run of the alerting lane wrote.
 *
 * @param puts number of records: an input may change several parts of a state
 * @param keyBytes total size of their keys
 * @param bytes total size of their values
 */
record StateSize(long puts, long keyBytes, long bytes) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Reads the changelogs of this run's lane to their end. */
    static StateSize of(Catalogue catalogue, String lane, DemoCluster cluster) {
        long[] total = {0, 0, 0};
        TopicReader reader = new TopicReader(cluster.client(Map.of()), PATIENCE, line -> {});
        int partitions = catalogue.topic(TopicNames.RESOURCE_RECEIVED).partitions();
        for (String changelog : catalogue.lane(lane).internalTopics()) {
            reader.read(new VerifiedTopic(changelog, changelog, partitions, 0), Mark.BEGINNING, put -> {
                total[0]++;
                total[1] += put.key().length;
                total[2] += put.value() == null ? 0 : put.value().length;
            });
        }
        return new StateSize(total[0], total[1], total[2]);
    }

    /** The average size of key and value, rounded; at least one byte. */
    int bytesPerPut() {
        return puts == 0 ? 1 : Math.max(1, (int) Math.round((double) (keyBytes + bytes) / puts));
    }

    /** The size of the value that makes one put for each input write the same bytes; an empty one would be a tombstone. */
    int bytesPerInput(long inputs) {
        double key = puts == 0 ? 0 : (double) keyBytes / puts;
        return Math.max(1, (int) Math.round((double) (keyBytes + bytes) / inputs - key));
    }
}
