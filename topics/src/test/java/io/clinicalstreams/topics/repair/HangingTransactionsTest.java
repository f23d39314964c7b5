package io.clinicalstreams.topics.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FakeAdminResults;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which open transactions hang. That one of a lane hangs takes its timeout to show: {@code HangingTransactionTest}. */
class HangingTransactionsTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final long END = 400;

    private final Catalogue catalogue = CatalogueLoader.load("development");
    private final TopicPartition changelog =
            new TopicPartition(catalogue.lane("alerting").internalTopics().get(0), 1);
    private final TopicPartition received = partition(TopicNames.RESOURCE_RECEIVED);
    private final TopicPartition rules = partition(TopicNames.ALERT_RULE);

    /** Read-committed ends in the order of the answers; the last one stays. */
    private final Deque<Long> stable = new ArrayDeque<>();

    /** The first offset that is younger than the time asked for; -1 if there is none. */
    private long young = -1;

    private long asked;

    @Test
    void aTransactionOfALaneThatEndsDoesNotHang() {
        stable.addAll(List.of(316L, 316L, 350L));

        assertThat(in(changelog)).isEmpty();
    }

    @Test
    void nothingIsOpenIfReadersGetToTheEnd() {
        stable.add(END);

        assertThat(in(changelog, received, rules)).isEmpty();
    }

    @Test
    void whereOthersWriteItHangsOnceItIsOlderThanKafkaAllows() {
        stable.add(316L);
        young = 317;
        assertThat(in(received)).containsExactly(new HangingTransaction(received, 316));
        assertThat(Instant.ofEpochMilli(asked)).isEqualTo(NOW.minus(Duration.ofMinutes(15)));

        young = -1;
        assertThat(in(rules)).containsExactly(new HangingTransaction(rules, 316));
    }

    @Test
    void aYoungTransactionOfAnotherProducerMayStillEnd() {
        stable.add(316L);
        young = 316;

        assertThat(in(received)).isEmpty();
    }

    private List<HangingTransaction> in(TopicPartition... partitions) {
        Admin admin = (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(),
                new Class<?>[] {Admin.class},
                (proxy, method, arguments) -> FakeAdminResults.offsets(Set.of(partitions), answer(arguments)));
        return new HangingTransactions(catalogue, admin, InstantSource.fixed(NOW)).in(List.of(partitions));
    }

    private long answer(Object[] arguments) {
        if (arguments.length == 1) {
            asked = FakeAdminResults.timestamp(
                    (OffsetSpec) ((Map<?, ?>) arguments[0]).values().iterator().next());
            return young;
        }
        if (((ListOffsetsOptions) arguments[1]).isolationLevel() == IsolationLevel.READ_UNCOMMITTED) {
            return END;
        }
        return stable.size() > 1 ? stable.removeFirst() : stable.getFirst();
    }

    private TopicPartition partition(String topic) {
        return new TopicPartition(catalogue.topic(topic).fullName(), 0);
    }
}
