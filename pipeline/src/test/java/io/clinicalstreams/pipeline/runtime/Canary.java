package io.clinicalstreams.pipeline.runtime;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Plants a fault in every step of a lane, in its store and a punctuation, whose message has a patient's
 * name. The record that meets it has a key that ends with the name and the place; each place fails once.
 */
public final class Canary implements ProcessorWrapper {

    static final String NAME = "Baggins";
    static final String PUNCTUATION = "punctuation";

    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();
    private static volatile boolean punctuating;

    /** The key that makes the place fail. */
    static String keyFor(String place) {
        return NAME + '-' + place;
    }

    private static boolean meets(Object key, String place) {
        String text = key instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(key);
        return text.endsWith(keyFor(place));
    }

    private static void failOnce(Object key, String place) {
        if (meets(key, place) && FAILED.add(place)) {
            throw new IllegalStateException("the record of " + NAME, new IllegalArgumentException("value " + NAME));
        }
    }

    @Override
    public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String node, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return new WrappedProcessorSupplier<>() {
            @Override
            public Processor<KIn, VIn, KOut, VOut> get() {
                return new Failing<>(node, supplier.get());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                Set<StoreBuilder<?>> stores = supplier.stores();
                return stores == null
                        ? null
                        : stores.stream().map(Canary::failing).collect(Collectors.toSet());
            }
        };
    }

    @Override
    public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String node, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
        return new WrappedFixedKeyProcessorSupplier<>() {
            @Override
            public FixedKeyProcessor<KIn, VIn, VOut> get() {
                return new FailingOfFixedKey<>(node, supplier.get());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return supplier.stores();
            }
        };
    }

    private record Failing<KIn, VIn, KOut, VOut>(String node, Processor<KIn, VIn, KOut, VOut> step)
            implements Processor<KIn, VIn, KOut, VOut> {

        @Override
        public void init(ProcessorContext<KOut, VOut> context) {
            step.init(context);
            if (node.equals("evaluate-rules")) {
                context.schedule(Duration.ofMillis(50), PunctuationType.WALL_CLOCK_TIME, time -> {
                    if (punctuating) {
                        failOnce(keyFor(PUNCTUATION), PUNCTUATION);
                    }
                });
            }
        }

        @Override
        public void process(Record<KIn, VIn> record) {
            punctuating |= meets(record.key(), PUNCTUATION);
            failOnce(record.key(), node);
            step.process(record);
        }

        @Override
        public void close() {
            step.close();
        }
    }

    private record FailingOfFixedKey<KIn, VIn, VOut>(String node, FixedKeyProcessor<KIn, VIn, VOut> step)
            implements FixedKeyProcessor<KIn, VIn, VOut> {

        @Override
        public void init(FixedKeyProcessorContext<KIn, VOut> context) {
            step.init(context);
        }

        @Override
        public void process(FixedKeyRecord<KIn, VIn> record) {
            failOnce(record.key(), node);
            step.process(record);
        }

        @Override
        public void close() {
            step.close();
        }
    }

    private static StoreBuilder<?> failing(StoreBuilder<?> builder) {
        return (StoreBuilder<?>) Proxy.newProxyInstance(
                Canary.class.getClassLoader(), new Class<?>[] {StoreBuilder.class}, (proxy, method, arguments) -> {
                    Object result = Canary.invoke(builder, method, arguments);
                    return method.getName().equals("build") ? failingStore((KeyValueStore<?, ?>) result) : result;
                });
    }

    private static Object failingStore(KeyValueStore<?, ?> store) {
        return Proxy.newProxyInstance(
                Canary.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 0) {
                        failOnce(arguments[0], store.name());
                    }
                    return invoke(store, method, arguments);
                });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }
}
