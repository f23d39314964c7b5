package io.clinicalstreams.peer;

import io.clinicalstreams.pipeline.step.EvaluateRulesSupplier;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Puts a value of fixed size under each record's key and forwards the record: state without processing. */
final class KeepAndForward implements Processor<byte[], byte[], byte[], byte[]> {

    private final byte[] state;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<byte[], byte[]> store;

    private KeepAndForward(byte[] state) {
        this.state = state;
    }

    /** @param state the value to put for every record */
    static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(byte[] state) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return new KeepAndForward(state);
            }

            /** In memory like the alerting lane's store, see {@link EvaluateRulesSupplier#stores}. */
            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(EvaluateRulesSupplier.STORE),
                        Serdes.ByteArray(),
                        Serdes.ByteArray()));
            }
        };
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        store = context.getStateStore(EvaluateRulesSupplier.STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (store == null || context == null) {
            throw new IllegalStateException("used before init");
        }
        store.put(record.key(), state);
        context.forward(record);
    }
}
