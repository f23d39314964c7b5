package io.clinicalstreams.verifier.fault;

import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Plants one fault: Kafka Streams passes it the real steps by name while it builds a topology. */
public final class Plant implements ProcessorWrapper {

    static final String CONFIG = "planted.fault";

    /** An {@link AtomicInteger}: the records until {@code split-and-validate} fails once. */
    static final String FAILS_AFTER = "planted.failure";

    private static final String REJECTIONS = "clinical.resources.rejected";

    private @Nullable PlantedFault fault;
    private @Nullable AtomicInteger failsAfter;
    private int seen;

    /** For Kafka Streams, which then configures it. */
    public Plant() {}

    Plant(PlantedFault fault) {
        this.fault = fault;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        fault = configs.get(CONFIG) instanceof Plant plant ? plant.fault : null;
        failsAfter = configs.get(FAILS_AFTER) instanceof AtomicInteger records ? records : null;
    }

    /** Whether the lane gets rules that are written after its first complete set. */
    boolean updatesRules() {
        return fault != PlantedFault.STALE_RULE;
    }

    SimpleMeterRegistry registry() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        if (fault == PlantedFault.UNCOUNTED_REJECTION) {
            registry.config().meterFilter(MeterFilter.denyNameStartsWith(REJECTIONS));
        }
        return registry;
    }

    @Override
    public <A, B, C, D> WrappedProcessorSupplier<A, B, C, D> wrapProcessorSupplier(
            String name, ProcessorSupplier<A, B, C, D> real) {
        PlantedFault planted = fault;

        AtomicInteger failure = failsAfter;
        if (failure != null && name.equals(PlantedFault.Step.SPLIT)) {
            return ProcessorWrapper.asWrapped(() -> new FailsOnce<>(real.get(), failure));
        }
        if (planted == null || !planted.step().equals(name)) {
            return ProcessorWrapper.asWrapped(real);
        }
        return new WrappedProcessorSupplier<>() {
            @Override
            public Processor<A, B, C, D> get() {
                return new Faulty<>(real.get(), planted);
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return real.stores();
            }
        };
    }

    @Override
    public <A, B, C> WrappedFixedKeyProcessorSupplier<A, B, C> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<A, B, C> real) {
        return ProcessorWrapper.asWrappedFixedKey(real);
    }

    /** The real step, which fails once before a record. */
    private record FailsOnce<A, B, C, D>(Processor<A, B, C, D> real, AtomicInteger records)
            implements Processor<A, B, C, D> {

        @Override
        public void init(ProcessorContext<C, D> context) {
            real.init(context);
        }

        @Override
        public void process(Record<A, B> record) {
            if (records.getAndDecrement() == 0) {
                throw new IllegalStateException("planted");
            }
            real.process(record);
        }
    }

    /** The real step, with the fault between it and the records that it receives, forwards and stores. */
    private final class Faulty<A, B, C, D> implements Processor<A, B, C, D> {

        private final Processor<A, B, C, D> real;
        private final PlantedFault planted;

        Faulty(Processor<A, B, C, D> real, PlantedFault planted) {
            this.real = real;
            this.planted = planted;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void init(ProcessorContext<C, D> context) {
            real.init((ProcessorContext<C, D>)
                    proxy(ProcessorContext.class, (method, arguments) -> switch (method.getName()) {
                        case "forward" -> forward(context, method, arguments);
                        case "getStateStore" ->
                            call(context, method, arguments) instanceof KeyValueStore<?, ?> store ? store(store) : null;
                        default -> call(context, method, arguments);
                    }));
        }

        private @Nullable Object forward(ProcessorContext<C, D> context, Method method, Object[] arguments) {
            Record<?, ?> right = (Record<?, ?>) arguments[0];
            Object[] changed = arguments.clone();
            for (Record<?, ?> record : planted.concerns(right) ? planted.forwarded(right, seen++) : List.of(right)) {
                changed[0] = record;
                call(context, method, changed);
            }
            return null;
        }

        private Object store(KeyValueStore<?, ?> store) {
            return proxy(
                    KeyValueStore.class,
                    (method, arguments) -> method.getName().equals("putAll") && planted.skipsWrite(seen++)
                            ? null
                            : call(store, method, arguments));
        }

        @Override
        public void process(Record<A, B> record) {
            real.process(record);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private interface Call {
        @Nullable
        Object on(Method method, Object[] arguments);
    }

    private static Object proxy(Class<?> type, Call call) {
        InvocationHandler handler =
                (proxy, method, arguments) -> call.on(method, arguments == null ? new Object[0] : arguments);
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
