package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicReader;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import java.time.Duration;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What a topic contains, in any order: a record that is lost, written twice or changed makes a difference.
 *
 * @param records that can be read
 * @param keys sum of the keys' checksums
 * @param values sum of the checksums of key and value together
 */
record TopicContent(long records, long keys, long values) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static TopicContent of(Topic topic, DemoCluster cluster) {
        long[] total = {0, 0, 0};
        CRC32C checksum = new CRC32C();
        new TopicReader(cluster.client(Map.of()), PATIENCE, line -> {})
                .read(
                        new VerifiedTopic(topic.name(), topic.fullName(), topic.partitions(), 0),
                        Mark.BEGINNING,
                        record -> {
                            total[0]++;
                            checksum.reset();
                            checksum.update(record.key() == null ? new byte[0] : record.key());
                            total[1] += checksum.getValue();
                            checksum.update(record.value() == null ? new byte[0] : record.value());
                            total[2] += checksum.getValue();
                        });
        return new TopicContent(total[0], total[1], total[2]);
    }

    /** Whether this is a copy of the input, or at least of its keys. */
    boolean isCopyOf(TopicContent input, boolean withValues) {
        return records == input.records && keys == input.keys && (!withValues || values == input.values);
    }
}
