package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.alert.AlertCounts;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.alert.EveryAlertOnce;
import io.clinicalstreams.verifier.classify.Destination;
import io.clinicalstreams.verifier.classify.ExpectedResources;
import io.clinicalstreams.verifier.classify.Place;
import io.clinicalstreams.verifier.classify.Places;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Judges a run from outside. Take a {@link Mark} before the run, wait until it is {@linkplain #awaitQuiet quiet}, then
 * verify: the topics are read back, committed records only, and every resource is matched with what became of it.
 */
public final class Verifier {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Keys that {@code topics reference apply} owns; the lane writes no others in the medication catalogue. */
    private static final byte[] CURATED = "curated/".getBytes(StandardCharsets.UTF_8);

    private final Places places;
    private final TopicReader reader;
    private final Map<String, Object> clientConfig;
    private final List<Place> outputs;

    /** @param clientConfig {@code bootstrap.servers}, security */
    public Verifier(Catalogue catalogue, Map<String, Object> clientConfig) {
        places = Places.of(catalogue);
        reader = new TopicReader(clientConfig, PATIENCE);
        this.clientConfig = Map.copyOf(clientConfig);
        outputs = new ArrayList<>(List.of(places.rejected(), places.alertsGenerated(), places.alertsCurrent()));
        outputs.addAll(places.recorded().values());
    }

    /** Where all topics end now. */
    public Mark mark() {
        try (KafkaConsumer<byte[], byte[]> consumer = reader.consumer("read_uncommitted")) {
            List<TopicPartition> partitions = places.all().stream()
                    .flatMap(place -> TopicReader.partitions(place).stream())
                    .toList();
            consumer.assign(partitions);
            return new Mark(consumer.endOffsets(partitions, PATIENCE));
        }
    }

    /**
     * Waits until the lanes have taken everything behind the mark, and no transaction is open.
     *
     * @param groups the lanes' application ids
     * @throws VerificationException when that takes longer than the patience
     */
    public void awaitQuiet(Collection<String> groups, Mark from, Duration patience) {
        awaitQuiet(groups, from, patience, () -> false);
    }

    /** The same, unless it is given up before: then too there is an exception that says what is left. */
    public void awaitQuiet(Collection<String> groups, Mark from, Duration patience, BooleanSupplier givenUp) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        try (Admin admin = Admin.create(config);
                KafkaConsumer<byte[], byte[]> committed = reader.consumer("read_committed")) {
            new Quiet(admin, committed, List.of(places.received(), places.rekeyed()), outputs)
                    .await(groups, from, patience, givenUp);
        }
    }

    /** @param acknowledgedRecords how many records the sender knows to be taken; negative when that is not known */
    public Verdict verify(Mark from, long acknowledgedRecords) {
        return verify(reader, places, from, acknowledgedRecords);
    }

    /** The same from any source. */
    public static Verdict verify(TopicSource source, Places places, Mark from, long acknowledgedRecords) {
        Ledger ledger = new Ledger(places);
        ExpectedResources expected = new ExpectedResources(places, Set.of());
        long[] found = {0};
        Mark receivedTo = source.read(places.received(), from, record -> {
            found[0]++;
            ledger.expect(expected.in(record));
        });
        Mark rekeyedTo = source.read(places.rekeyed(), from, record -> {
            if (Origins.of(record) == null) {
                // Somebody else wrote it: an input like any other.
                ledger.expect(expected.in(record));
            } else {
                ledger.rekeyed(record);
            }
        });
        for (Destination destination : Destination.values()) {
            source.read(places.recorded(destination), from, record -> {
                if (!isCurated(record)) {
                    ledger.recorded(destination, record);
                }
            });
        }
        source.read(places.rejected(), from, ledger::rejected);
        source.read(places.received(), receivedTo, ledger::cameLater);
        source.read(places.rekeyed(), rekeyedTo, ledger::cameLater);
        return ledger.verdict(Math.max(0, acknowledgedRecords - found[0]));
    }

    public PatientOrderKept patientOrder(Mark from) {
        return PatientOrderKept.check(reader, places, from);
    }

    public EveryAlertOnce everyAlertOnce(Mark from) {
        return EveryAlertOnce.check(reader, places, from);
    }

    /** Counts the alerts that changed behind the mark, by their final forms. */
    public AlertCounts alerts(Mark from) {
        return AlertForms.current(reader, places, from).counts();
    }

    /** What the topics can be read with, and where they are: for promises and oracles. */
    public TopicSource source() {
        return reader;
    }

    public Places places() {
        return places;
    }

    private static boolean isCurated(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        return record.headers().lastHeader(HeaderNames.ORIGIN) == null
                && key != null
                && key.length >= CURATED.length
                && Arrays.equals(key, 0, CURATED.length, CURATED, 0, CURATED.length);
    }
}
