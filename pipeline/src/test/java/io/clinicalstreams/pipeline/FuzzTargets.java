package io.clinicalstreams.pipeline;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The fuzz targets, and one of them all, in which the first byte selects the target. */
public final class FuzzTargets {

    /** Each is a class with {@code fuzzerTestOneInput}; its seeds are in {@code src/test/resources/fuzz/} and its name. */
    static final List<String> NAMES = List.of(
            "io.clinicalstreams.pipeline.fhir.ReaderFuzz$OfObservation",
            "io.clinicalstreams.pipeline.fhir.ReaderFuzz$OfMedicationRequest",
            "io.clinicalstreams.pipeline.fhir.ReaderFuzz$OfEncounter",
            "io.clinicalstreams.pipeline.fhir.ReaderFuzz$OfMedicationKnowledge",
            "io.clinicalstreams.pipeline.fhir.ReaderFuzz$OfPatient",
            "io.clinicalstreams.pipeline.fhir.BytesFuzz",
            "io.clinicalstreams.pipeline.fhir.BundleFuzz",
            "io.clinicalstreams.pipeline.fhir.ReferenceFuzz",
            "io.clinicalstreams.pipeline.alert.StateFuzz",
            "io.clinicalstreams.pipeline.alert.RuleFuzz",
            "io.clinicalstreams.topics.reference.RuleFileFuzz");

    private static final List<Method> TARGETS =
            NAMES.stream().map(FuzzTargets::method).toList();

    private FuzzTargets() {}

    /** Loads all targets before the fuzzer's time begins. */
    public static void fuzzerInitialize() throws Throwable {
        for (String target : NAMES) {
            run(target, new byte[] {0, 0, 0, 0});
        }
    }

    public static void fuzzerTestOneInput(byte[] data) throws Throwable {
        if (data.length > 0) {
            Input input = input(FuzzTargets.class.getName(), data);
            run(input.target(), input.seed());
        }
    }

    /** An input of one of the targets. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Input(String target, byte[] seed) {}

    /** What a target's input is an input of: that of all targets is one of another. */
    static Input input(String target, byte[] data) {
        return target.equals(FuzzTargets.class.getName()) && data.length > 0
                ? new Input(NAMES.get((data[0] & 0xff) % NAMES.size()), Arrays.copyOfRange(data, 1, data.length))
                : new Input(target, data);
    }

    static byte[] inputFor(String target, byte[] seed) {
        return ByteBuffer.allocate(1 + seed.length)
                .put((byte) NAMES.indexOf(target))
                .put(seed)
                .array();
    }

    static void run(String target, byte[] data) throws Throwable {
        run(TARGETS.get(NAMES.indexOf(target)), data);
    }

    private static void run(Method target, byte[] data) throws Throwable {
        try {
            target.invoke(null, (Object) data);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    static String simpleName(String target) {
        return target.substring(Math.max(target.lastIndexOf('.'), target.lastIndexOf('$')) + 1);
    }

    private static Method method(String target) {
        try {
            Method method = Class.forName(target).getDeclaredMethod("fuzzerTestOneInput", byte[].class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError(target, missing);
        }
    }
}
