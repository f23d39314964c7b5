package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Stores for patient states, without brokers: what restoring takes besides reading the changelog, what one input takes,
 * and the heap. Each patient has the state after a {@link WardWeek}.
 */
@Fork(value = 1, jvmArgsAppend = "-Xmx10g")
@State(Scope.Thread)
public class PatientStoreBenchmark {

    /** How states are stored. */
    public enum Layout {
        /** A value for a patient, in memory. */
        WHOLE,
        /** An entry for a part, in memory. */
        PARTS,
        /** As the lane does. */
        PATIENT_STORE,
        ROCKS_DB_WHOLE,
        ROCKS_DB_PARTS;

        private KeyValueStore<Bytes, byte[]> open() {
            return switch (this) {
                case WHOLE, PARTS -> Stores.inMemoryKeyValueStore("any").get();
                case PATIENT_STORE -> PatientStore.supplier("any").get();
                case ROCKS_DB_WHOLE, ROCKS_DB_PARTS ->
                    Stores.persistentKeyValueStore("any").get();
            };
        }

        private boolean isWhole() {
            return this == WHOLE || this == ROCKS_DB_WHOLE;
        }

        private boolean scans() {
            return this == PARTS || this == ROCKS_DB_PARTS;
        }
    }

    @Param({"10000", "1000000"})
    public int patients;

    @Param
    public Layout layout;

    private final PatientState state = afterAWeek();
    private final List<StateParts.Part> parts = new StoredState(null).changes(state);
    private final byte[] whole = PatientStateCodec.encode(state);
    private final Random random = new Random(7);
    private KeyValueStore<Bytes, byte[]> store = Layout.WHOLE.open();
    private long before;

    /** Filled before the inputs. */
    @State(Scope.Thread)
    public static class Filled {

        @Setup(Level.Trial)
        public void fill(PatientStoreBenchmark benchmark) throws IOException {
            benchmark.open();
            benchmark.restore();
            benchmark.printHeap();
        }
    }

    /** Empty before each time. */
    @State(Scope.Thread)
    public static class Empty {

        @Setup(Level.Iteration)
        public void open(PatientStoreBenchmark benchmark) throws IOException {
            benchmark.open();
        }

        @TearDown(Level.Iteration)
        public void close(PatientStoreBenchmark benchmark) {
            benchmark.store.close();
        }
    }

    private void open() throws IOException {
        store = layout.open();
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>(
                new Properties(),
                new TaskId(0, 0),
                Files.createTempDirectory("store").toFile());
        store.init(context.getStateStoreContext(), store);
        before = used();
    }

    private static PatientState afterAWeek() {
        Evaluator evaluator = new Evaluator(new UcumConversion());
        RuleBook rules = RuleBook.of(AlertRuleYaml.load().stream()
                .map(rule -> RuleDecoder.decode(rule.id(), AlertRuleJson.write(rule)))
                .toList());
        PatientState state = PatientState.EMPTY;
        for (WardWeek.Input input : WardWeek.inputs(1)) {
            state = evaluator
                    .evaluate(state, Cases.ANNA, input.observation().build(), input.at(), "received/0/7", rules)
                    .state();
        }
        return state;
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public void restored(Empty empty) {
        restore();
    }

    private void restore() {
        if (layout.isWhole()) {
            for (int patient = 0; patient < patients; patient++) {
                store.put(Bytes.wrap(key(patient)), whole.clone());
            }
            return;
        }
        for (StateParts.Part part : parts) {
            byte[] bytes = Objects.requireNonNull(part.bytes());
            for (int patient = 0; patient < patients; patient++) {
                store.put(Bytes.wrap(PatientStore.key(key(patient), part.number())), bytes.clone());
            }
        }
    }

    /** Of any patient: the state is read, and a part or all of it is written. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 3, time = 1)
    @Measurement(iterations = 5, time = 1)
    public void input(Filled filled, Blackhole taken) {
        byte[] key = key(random.nextInt(patients));
        if (layout.scans()) {
            try (KeyValueIterator<Bytes, byte[]> all =
                    store.range(Bytes.wrap(key), Bytes.wrap(PatientStore.key(key, Integer.MAX_VALUE)))) {
                while (all.hasNext()) {
                    taken.consume(all.next().value);
                }
            }
        } else {
            taken.consume(store.get(Bytes.wrap(key)));
        }
        StateParts.Part part = parts.get(1 + random.nextInt(parts.size() - 1));
        store.put(
                Bytes.wrap(layout.isWhole() ? key : PatientStore.key(key, part.number())),
                layout.isWhole()
                        ? whole.clone()
                        : Objects.requireNonNull(part.bytes()).clone());
    }

    /** As long as with a UUID. */
    private static byte[] key(int patient) {
        return ("Patient/7353e17f-0cd5-5b0a-c736-" + (100_000_000_000L + patient)).getBytes(StandardCharsets.US_ASCII);
    }

    private void printHeap() {
        System.out.printf(Locale.ROOT, "%n%d bytes of heap a patient%n", (used() - before) / patients);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
