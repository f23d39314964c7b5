package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader recognizes what it has read before: what it has read must not matter. */
class RepeatedReadingTest {

    private static final int MUTANTS = 40;

    @ParameterizedTest
    @EnumSource(Depth.class)
    void whatWasReadBeforeDoesNotMatter(Depth depth) {
        check(FhirSettings.DEFAULT, depth);
    }

    @ParameterizedTest
    @EnumSource(Depth.class)
    void norDoesItWhenEveryElementIsChecked(Depth depth) {
        check(new FhirSettings(null, null, Validation.FULL), depth);
    }

    /** One that is read instead is a new object. */
    @ParameterizedTest
    @EnumSource(Validation.class)
    void codesThatComeAgainAreRecognized(Validation validation) {
        ResourceReader used = new ResourceReader(new FhirSettings(null, null, validation), Depth.CLINICAL);
        List<byte[]> observations = RealisticObservations.of(50, 11);
        Set<Coding> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(codes(used, observations));
        known.addAll(codes(used, observations));

        assertThat(codes(used, observations)).filteredOn(known::contains).hasSizeGreaterThan(40);
    }

    private static List<Coding> codes(ResourceReader reader, List<byte[]> observations) {
        List<Coding> codes = new ArrayList<>();
        for (byte[] observation : observations) {
            Finding.Routed routed =
                    (Finding.Routed) reader.read(observation).get(0).finding();
            codes.add(Objects.requireNonNull(routed.observation())
                    .measurements()
                    .get(0)
                    .codings()
                    .get(0));
        }
        return codes;
    }

    private static void check(FhirSettings settings, Depth depth) {
        ResourceReader used = new ResourceReader(settings, depth);
        List<byte[]> inputs = inputs();
        inputs.forEach(used::read);
        inputs.forEach(used::read);

        for (byte[] input : inputs) {
            ResourceReader fresh = new ResourceReader(settings, depth);
            assertThat(comparable(used.read(input)))
                    .as(() -> new String(input, StandardCharsets.UTF_8))
                    .isEqualTo(comparable(fresh.read(input)));
        }
    }

    private static List<List<?>> comparable(List<ReadResource> resources) {
        return resources.stream()
                .map(read -> Arrays.asList(read.index(), buffer(read.bytes()), buffer(read.rekeyed()), read.finding()))
                .collect(Collectors.toList());
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    /** Each example as it is, with changes to its elements, and twice in a Bundle. */
    private static List<byte[]> inputs() {
        Random random = new Random(11);
        List<String> inputs = new ArrayList<>();
        RealisticObservations.of(50, 11).forEach(json -> inputs.add(new String(json, StandardCharsets.UTF_8)));
        for (String example : Examples.embedded()) {
            ObjectNode original = ReaderFuzz.parse(example);
            inputs.add(example);
            inputs.add("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":" + example
                    + "},{\"resource\":" + example + "}]}");
            for (int i = 0; i < MUTANTS; i++) {
                inputs.add(Mutation.of(original, random::nextInt).json());
            }
        }
        return inputs.stream()
                .map(json -> json.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
