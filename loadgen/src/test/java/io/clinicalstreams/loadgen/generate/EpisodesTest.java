package io.clinicalstreams.loadgen.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import io.clinicalstreams.loadgen.generate.Generated.Kind;
import io.clinicalstreams.loadgen.scenario.Scenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;

/** Readings beyond critical limits, compared with the published table. */
class EpisodesTest {

    /** Critical from here on, in each unit. */
    private record Limits(double low, double high) {
        boolean critical(double value) {
            return value <= low || value >= high;
        }
    }

    private static final double NONE = -1;
    private static final double NEVER = 1e9;

    private static final Map<String, Limits> LIMITS = limits();

    private final IParser parser = FhirContext.forR4Cached().newJsonParser();

    @Test
    void areCriticalExactlyWhereTheyAreMarkedAsCritical() {
        Set<String> codes = new HashSet<>();
        for (Generated record : laboratory(GeneratorTest.scenario(11, 200, 0.2, 0, 0, 0), 40_000)) {
            Observation observation = parse(record);
            String code = observation.getCode().getCodingFirstRep().getCode();
            Quantity value = observation.getValueQuantity();
            Limits limits = Objects.requireNonNull(LIMITS.get(code + " " + value.getCode()), code);
            assertThat(limits.critical(value.getValue().doubleValue()))
                    .as("%s %s %s", code, value.getValue(), value.getCode())
                    .isEqualTo(record.critical());
            if (record.critical()) {
                codes.add(code);
            }
        }
        assertThat(codes).as("every code of the table becomes critical").hasSize(LIMITS.size());
    }

    @Test
    void riseStayAndRecover() {
        Map<String, List<Generated>> byPatientAndCode = new HashMap<>();
        for (Generated record : laboratory(GeneratorTest.scenario(11, 5_000, 0.01, 0, 0, 0), 60_000)) {
            Observation observation = parse(record);
            byPatientAndCode
                    .computeIfAbsent(
                            observation.getSubject().getReference() + " "
                                    + observation.getCode().getCodingFirstRep().getCode(),
                            unseen -> new ArrayList<>())
                    .add(record);
        }
        List<List<Generated>> sick = byPatientAndCode.values().stream()
                .filter(readings -> readings.stream().anyMatch(Generated::critical))
                .filter(readings -> readings.get(0).at().isBefore(Instant.parse("2026-03-01T08:01:30Z")))
                .toList();

        assertThat(sick).hasSizeGreaterThan(100).allSatisfy(readings -> {
            List<Boolean> critical = readings.stream().map(Generated::critical).toList();
            int first = critical.indexOf(true);
            int last = critical.lastIndexOf(true);
            assertThat(first).as("begins below the limit").isGreaterThan(0);
            assertThat(last - first + 1).isBetween(2, 5);
            assertThat(critical.subList(first, last + 1)).doesNotContain(false);
            assertThat(critical.size() - last - 1).as("recovers").isGreaterThanOrEqualTo(3);
        });
    }

    @Test
    void carryTheLaboratorysInterpretation() {
        for (Generated record : laboratory(GeneratorTest.scenario(11, 200, 0.2, 0, 0, 0), 5_000)) {
            String judgement = parse(record)
                    .getInterpretationFirstRep()
                    .getCodingFirstRep()
                    .getCode();
            assertThat(judgement.equals("HH") || judgement.equals("LL")).isEqualTo(record.critical());
        }
    }

    private static List<Generated> laboratory(Scenario settings, int records) {
        return GeneratorTest.generate(settings, records).stream()
                .filter(record -> record.kind() == Kind.LABORATORY)
                .toList();
    }

    private Observation parse(Generated record) {
        return parser.parseResource(Observation.class, GeneratorTest.text(record));
    }

    /** A copy of the table of critical limits, with the molar limits computed from the mass ones. */
    private static Map<String, Limits> limits() {
        Map<String, Limits> limits = new HashMap<>();
        put(limits, "mmol/L", 2.5, 6.5, "2823-3", "6298-4", "32713-0", "39789-3");
        put(limits, "mmol/L", 120, 160, "2951-2", "2947-0");
        put(limits, "mg/dL", 45, 450, "2345-7", "2339-0");
        put(limits, "mmol/L", 2.5, 25, "14749-6", "15074-8");
        put(limits, "g/dL", 7.0, 20.0, "718-7", "20509-6");
        put(limits, "10*9/L", 20, 1000, "777-3", "26515-7");
        put(limits, "10*9/L", 1.0, 50, "6690-2", "26464-8");
        put(limits, "10*9/L", 0.4999, NEVER, "751-8", "26499-4", "753-4");
        put(limits, "{INR}", NONE, 5.0, "6301-6", "34714-6");
        put(limits, "mmol/L", NONE, 4.0, "2524-7", "32693-4");
        put(limits, "mg/dL", 6.5, 13.0, "17861-6", "49765-1");
        put(limits, "mmol/L", 6.5 / 4.008, 13.0 / 4.008, "2000-8");
        put(limits, "mmol/L", 0.78, 1.58, "1995-0", "1994-3");
        put(limits, "mg/dL", 1.0, 4.9, "19123-9");
        put(limits, "mmol/L", 1.0 / 2.4305, 4.9 / 2.4305, "2601-3");
        put(limits, "mg/dL", 1.0, 9.0, "2777-1");
        put(limits, "mmol/L", 1.0 / 3.097, 9.0 / 3.097, "14879-1");
        put(limits, "mg/dL", NONE, 4.0, "2160-0", "38483-4");
        put(limits, "umol/L", NONE, 353.6, "14682-9");
        put(limits, "mg/dL", NONE, 100, "3094-0", "6299-2");
        put(limits, "mmol/L", NONE, 30, "22664-7");
        put(limits, "mmol/L", 10, 40, "2028-9", "1960-4");
        put(limits, "ng/mL", NONE, 2.5, "10535-3");
        put(limits, "nmol/L", NONE, 2.5 * 1.281, "14698-5");
        put(limits, "mmol/L", NONE, 1.5, "14334-7");
        put(limits, "[pH]", 7.20, 7.60, "2744-1");
        return limits;
    }

    private static void put(Map<String, Limits> limits, String unit, double low, double high, String... codes) {
        for (String code : codes) {
            limits.put(code + " " + unit, new Limits(low, high));
        }
    }
}
