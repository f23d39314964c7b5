package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.PatientStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A task of the alerting lane without a topology: its store, its stream time, and its output. */
final class FakeTask {

    final MockProcessorContext<byte[], AlertingOutput> context = new MockProcessorContext<>();
    final KeyValueStore<byte[], byte[]> store;
    final PatientStates states;

    FakeTask() {
        store = Stores.keyValueStoreBuilder(
                        PatientStore.supplier(EvaluateRulesSupplier.STORE), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        states = new PatientStates(store);
    }

    /** Sets stream time and the clock. */
    void at(Instant time) {
        context.setCurrentStreamTimeMs(time.toEpochMilli());
        context.setCurrentSystemTimeMs(time.toEpochMilli());
    }

    byte[] stored(String patient) {
        return store.get(patient.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs the schedules once. */
    void punctuate() {
        context.scheduledPunctuators()
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(context.currentStreamTimeMs()));
    }

    /** Every alert forwarded so far. */
    List<Record<? extends byte[], ? extends AlertRecord>> forwarded() {
        List<Record<? extends byte[], ? extends AlertRecord>> records = new ArrayList<>();
        context.forwarded().forEach(forward -> {
            Record<? extends byte[], ? extends AlertingOutput> record = forward.record();
            record.value()
                    .alerts()
                    .forEach(alert ->
                            records.add(new Record<>(record.key(), alert, record.timestamp(), record.headers())));
        });
        return records;
    }
}
