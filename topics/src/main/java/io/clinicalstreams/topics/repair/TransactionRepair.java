package io.clinicalstreams.topics.repair;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.cluster.OpenTransactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Utils;

/**
 * Aborts hanging transactions, as {@code kafka-transactions.sh abort} does: the partition's leader writes the missing
 * marker. A transaction that its coordinator still knows in this partition does not hang, and is left alone: the
 * coordinator will end it, and may have committed it elsewhere. So is one that its coordinator may know unseen by this
 * login. Age is no proof: on a topic with the producers' timestamps, a live backfill looks old.
 */
record TransactionRepair(Catalogue catalogue, Admin admin, InstantSource clock) {

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);

    /**
     * A hanging transaction, and what becomes of it.
     *
     * @param offset of its first record
     * @param producerId the producer that opened it
     * @param why empty unless it is left or failed
     */
    record Abort(
            String topic,
            int partition,
            long offset,
            long producerId,
            int epoch,
            int coordinatorEpoch,
            State state,
            String why) {

        enum State {
            PLANNED,
            ABORTED,
            FAILED,
            /** The cluster did not answer. */
            UNKNOWN,
            /** Its coordinator knows it, or may know it. */
            LEFT;

            @JsonValue
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        @JsonIgnore
        boolean isAllowed() {
            return state == State.PLANNED;
        }

        Abort now(State next, String reason) {
            return new Abort(topic, partition, offset, producerId, epoch, coordinatorEpoch, next, reason);
        }

        @JsonIgnore
        TopicPartition where() {
            return new TopicPartition(topic, partition);
        }
    }

    /** @throws KafkaException if the cluster does not answer, or refuses */
    List<Abort> plan() {
        List<TopicPartition> partitions = new ArrayList<>(HangingTransactions.partitions(new ClusterReader(admin)
                .read(Stream.concat(
                                catalogue.topics().stream().map(io.clinicalstreams.topics.Topic::fullName),
                                catalogue.lanes().stream().flatMap(lane -> lane.internalTopics().stream()))
                        .toList())));
        partitions.addAll(offsetsOfLanes());
        List<HangingTransaction> hanging = new HangingTransactions(catalogue, admin, clock).in(partitions);
        List<TopicPartition> where =
                hanging.stream().map(HangingTransaction::partition).toList();
        if (where.isEmpty()) {
            return List.of();
        }
        Map<TopicPartition, PartitionProducerState> producers =
                ClusterAnswer.of(admin.describeProducers(where).all());
        Optional<String> hidden = new TransactionVisibility(admin).refusal();
        return hanging.stream()
                .flatMap(each -> Objects.requireNonNull(producers.get(each.partition())).activeProducers().stream()
                        .filter(producer ->
                                producer.currentTransactionStartOffset().orElse(-1) == each.offset())
                        .map(producer -> abort(each, producer, hidden)))
                .toList();
    }

    /** Aborts those that are planned, and returns when readers get beyond them. */
    List<Abort> carryOut(List<Abort> plan) {
        return plan.stream()
                .map(abort -> abort.isAllowed() ? carryOut(abort) : abort)
                .toList();
    }

    private Abort carryOut(Abort abort) {
        try {
            return attempt(abort);
        } catch (KafkaException silent) {
            return abort.now(Abort.State.UNKNOWN, ClusterAnswer.inWords(silent));
        }
    }

    private Abort attempt(Abort abort) {
        if (!isOpen(abort)) {
            return abort.now(Abort.State.ABORTED, "it has ended meanwhile");
        }
        AbortTransactionSpec spec = new AbortTransactionSpec(
                abort.where(), abort.producerId(), (short) abort.epoch(), abort.coordinatorEpoch());
        Optional<KafkaException> refusal =
                ClusterAnswer.refusal(admin.abortTransaction(spec).all());
        if (refusal.filter(failure -> !ClusterAnswer.isUnknown(failure)).isPresent()) {
            return abort.now(Abort.State.FAILED, ClusterAnswer.inWords(refusal.get()));
        }
        if (ClusterAnswer.eventually(VISIBLE_WITHIN, () -> !isOpen(abort))) {
            return abort.now(Abort.State.ABORTED, "");
        }
        return refusal.map(failure -> abort.now(Abort.State.UNKNOWN, ClusterAnswer.inWords(failure)))
                .orElse(abort.now(Abort.State.FAILED, "the broker wrote the marker, but readers still wait"));
    }

    private boolean isOpen(Abort abort) {
        return Long.valueOf(abort.offset())
                .equals(new OpenTransactions(admin).in(List.of(abort.where())).get(abort.where()));
    }

    private Abort abort(HangingTransaction hanging, ProducerState producer, Optional<String> hidden) {
        Abort abort = new Abort(
                hanging.partition().topic(),
                hanging.partition().partition(),
                hanging.offset(),
                producer.producerId(),
                producer.producerEpoch(),
                // Without an earlier marker there is none; 0 is older than any coordinator.
                Math.max(0, producer.coordinatorEpoch().orElse(0)),
                Abort.State.PLANNED,
                "");
        return coordinated(hanging.partition(), producer.producerId())
                .map(id -> "its coordinator knows it as " + id + " and has to end it: check the brokers")
                .or(() -> hidden.map(why -> "its coordinator may know it: " + why + "; use an administrator's login"))
                .map(why -> abort.now(Abort.State.LEFT, why))
                .orElse(abort);
    }

    /** The transactional id of a transaction of this producer that, to its coordinator, is open in this partition. */
    private Optional<String> coordinated(TopicPartition partition, long producerId) {
        List<String> ids = ClusterAnswer.of(
                        admin.listTransactions(new ListTransactionsOptions().filterProducerIds(Set.of(producerId)))
                                .all())
                .stream()
                .map(TransactionListing::transactionalId)
                .toList();
        return ids.isEmpty()
                ? Optional.empty()
                : ClusterAnswer.of(admin.describeTransactions(ids).all()).entrySet().stream()
                        .filter(each -> each.getValue().topicPartitions().contains(partition))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    /** Where the brokers keep the offsets of the lanes' groups. */
    private Set<TopicPartition> offsetsOfLanes() {
        String offsets = Topic.GROUP_METADATA_TOPIC_NAME;
        try {
            int partitions = ClusterAnswer.of(Objects.requireNonNull(admin.describeTopics(List.of(offsets))
                            .topicNameValues()
                            .get(offsets)))
                    .partitions()
                    .size();
            return catalogue.lanes().stream()
                    .map(Lane::applicationId)
                    .map(group -> new TopicPartition(offsets, Utils.abs(group.hashCode()) % partitions))
                    .collect(Collectors.toSet());
        } catch (UnknownTopicOrPartitionException noGroupYet) {
            return Set.of();
        }
    }
}
