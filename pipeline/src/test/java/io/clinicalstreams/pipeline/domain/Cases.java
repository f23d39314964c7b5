package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Conversion;
import io.clinicalstreams.pipeline.domain.observation.Threshold;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.LaboratoryFlag;
import io.clinicalstreams.pipeline.domain.rule.Level;
import io.clinicalstreams.pipeline.domain.rule.RuleDefinition;
import io.clinicalstreams.pipeline.domain.rule.Silence;
import io.clinicalstreams.pipeline.domain.rule.Variant;
import io.clinicalstreams.topics.wire.PatientKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rules, units and observations for tests, each with the given values and defaults for the rest. */
public final class Cases {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final String LOINC = "http://loinc.org";
    public static final String UCUM = "http://unitsofmeasure.org";
    public static final PatientKey ANNA = new PatientKey("Patient/anna");

    private Cases() {}

    /** Millimoles convert from micromoles, cells from both common units; nothing else converts. */
    public static final UnitConversion UNITS = (from, to) -> switch (from.text() + " to " + to) {
        case "umol/L to mmol/L" -> Optional.of(new Conversion(BigDecimal.ONE, new BigDecimal("1000")));
        case "10*3/uL to 10*9/L", "mmol/L to mmol/L", "mg/dL to mg/dL" -> Optional.of(Conversion.IDENTITY);
        default -> Optional.empty();
    };

    public static CriticalLimit potassiumHigh() {
        return rule("curated/potassium-high", AgeBand.ANY, variant("2823-3", "mmol/L", "<6.0", ">=6.5", ">=6.0"));
    }

    public static CriticalLimit potassiumLow() {
        return rule("curated/potassium-low", AgeBand.ANY, variant("2823-3", "mmol/L", ">=3.2", "<=2.5", "<3.0"));
    }

    public static CriticalLimit glucoseHigh() {
        return rule(
                "curated/glucose-high",
                AgeBand.ANY,
                variant("2345-7", "mg/dL", "<=414", ">=450", null),
                variant("14749-6", "mmol/L", "<=23", ">=25", null));
    }

    /** High for HH, LL or AA, moderate for H. */
    public static LaboratoryFlag laboratoryFlag() {
        return new LaboratoryFlag(
                new RuleDefinition(
                        "curated/laboratory-flag",
                        "v1",
                        "Critical by the laboratory",
                        "A source, https://example.org/source",
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        AgeBand.ANY),
                Map.of(
                        flag("HH"), Severity.HIGH,
                        flag("LL"), Severity.HIGH,
                        flag("AA"), Severity.HIGH,
                        flag("H"), Severity.MODERATE));
    }

    /** Nothing of potassium for half an hour. */
    public static Silence silence(boolean whileAdmitted) {
        return silence("ward/potassium-silent", Duration.ofMinutes(30), whileAdmitted, AgeBand.ANY);
    }

    static Silence silence(String id, Duration interval, boolean whileAdmitted, AgeBand age) {
        return new Silence(
                new RuleDefinition(
                        id,
                        "v " + interval,
                        "No potassium",
                        "A source, https://example.org/source",
                        Duration.ofHours(2),
                        Duration.ofHours(1),
                        age),
                Severity.MODERATE,
                interval,
                whileAdmitted,
                Set.of(new Coding(LOINC, "2823-3")));
    }

    static List<Coding> flags(String... codes) {
        return Stream.of(codes).map(Cases::flag).toList();
    }

    private static Coding flag(String code) {
        return new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code);
    }

    public static CriticalLimit rule(String id, AgeBand age, Variant... variants) {
        return new CriticalLimit(
                new RuleDefinition(
                        id,
                        "v1",
                        "Title of " + id,
                        "A source, https://example.org/source",
                        Duration.ofHours(24),
                        Duration.ofHours(1),
                        age),
                List.of(variants));
    }

    public static Variant variant(String code, String unit, String clear, String high, @Nullable String moderate) {
        Level grave = new Level(Severity.HIGH, Threshold.parse(high));
        List<Level> levels = moderate == null
                ? List.of(grave)
                : List.of(new Level(Severity.MODERATE, Threshold.parse(moderate)), grave);
        return new Variant(
                List.of(new Coding(LOINC, code)), unit, Set.of("same " + unit), levels, Threshold.parse(clear));
    }

    public static ObservationCase potassium(String value) {
        return new ObservationCase().value(value);
    }
}
