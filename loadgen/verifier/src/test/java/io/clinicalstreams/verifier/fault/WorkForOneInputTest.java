package io.clinicalstreams.verifier.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.verifier.alert.AlertOracle;
import io.clinicalstreams.verifier.alert.ExpectedAlerts;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lanes limit the work for one input. The verifier requires exactly the alerts that they can still make. */
class WorkForOneInputTest {

    private static final String ANNA = "Patient/anna";
    private static final int CHARACTERS = 1_000;

    @Test
    void readingsThatMeetNoLevelLeaveEveryAlertDue() {
        LanesInMemory lanes = lanes(1_500, i -> observation("o" + (1_000 + i), "2823-3", i == 700 ? "7.1" : "4.2", ""));

        assertThat(lanes.verdict().broken()).isEmpty();
        assertThat(tooMuch(lanes)).isZero();
        assertThat(due(lanes).demanded()).isEqualTo(1);
        assertThat(due(lanes).ambiguous()).isZero();
    }

    @Test
    void moreTransitionsThanOneInputMayCauseLeaveItOpenWhichAreDue() {
        LanesInMemory lanes =
                lanes(1_500, i -> observation("o" + (1_000 + i), "2823-3", i % 2 == 0 ? "7.1" : "4.2", ""));

        assertThat(lanes.verdict().broken()).isEmpty();
        assertThat(tooMuch(lanes)).isEqualTo(500);
        assertThat(due(lanes).demanded()).isZero();
    }

    @Test
    void moreBytesOfStateThanOneInputMayWriteLeaveItOpenWhichAreDue() {
        String flag = "\"interpretation\":[{\"coding\":[{\"system\":"
                + "\"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation\",\"code\":\"HH\"}]}],";
        // Preliminary results without a flag change the state and end no alert.
        LanesInMemory lanes = lanes(
                900,
                i -> i < 40 || i >= 890
                        ? observation(longText(i), longText(i), "4.2", flag)
                        : observation(longText(i), longText(i % 40), "4.2", "").replace("final", "preliminary"));

        assertThat(lanes.verdict().broken()).isEmpty();
        assertThat(lanes.verdict().alerts().raised()).as("not those at the end").isEqualTo(40);
        assertThat(tooMuch(lanes)).isBetween(10.0, 800.0);
        assertThat(due(lanes).demanded()).isZero();
    }

    private static ExpectedAlerts due(LanesInMemory lanes) {
        return AlertOracle.expect(lanes.topics, lanes.verified, Mark.BEGINNING);
    }

    private static double tooMuch(LanesInMemory lanes) {
        return lanes
                .registry
                .find("clinical.readings.not.evaluated")
                .tag("reason", "too-much-for-one-input")
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static LanesInMemory lanes(int entries, IntFunction<String> resource) {
        String bundle = IntStream.range(0, entries)
                .mapToObj(i -> "{\"fullUrl\":\"urn:uuid:00000000-0000-4000-9000-%012d\",\"resource\":%s}"
                        .formatted(i, resource.apply(i)))
                .collect(Collectors.joining(
                        ",", "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[", "]}"));
        Outgoing sent = new Outgoing(MemoryTopics.bytes(ANNA), MemoryTopics.bytes(bundle), null, entries);
        return LanesInMemory.run(
                List.of(new Generated(
                        sent, LanesInMemory.START, Generated.Kind.BUNDLE, Generated.Keying.RIGHT, true, null)),
                null);
    }

    private static String longText(int number) {
        return "x".repeat(CHARACTERS) + (1_000 + number);
    }

    private static String observation(String id, String code, String value, String more) {
        return """
                {"resourceType":"Observation","identifier":[{"system":"urn:s","value":"%s"}],"status":"final",%s\
                "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},\
                "subject":{"reference":"Patient/anna"},"effectiveDateTime":"%s",\
                "valueQuantity":{"value":%s,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}""".formatted(id, more, code, LanesInMemory.START, value);
    }
}
