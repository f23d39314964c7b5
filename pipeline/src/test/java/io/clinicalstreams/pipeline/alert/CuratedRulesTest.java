package io.clinicalstreams.pipeline.alert;

import static io.clinicalstreams.pipeline.domain.Cases.UCUM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.ObservationCase;
import io.clinicalstreams.pipeline.domain.Unevaluated;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.LaboratoryFlag;
import io.clinicalstreams.pipeline.domain.rule.Variant;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.RuleContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the built-in rules with the published table, which is repeated here. */
class CuratedRulesTest {

    private static final UcumConversion UNITS = new UcumConversion();
    private static final CriticalLimit[] RULES = AlertRuleYaml.load().stream()
            .map(rule -> RuleDecoder.decode(rule.id(), AlertRuleJson.write(rule)))
            .filter(CriticalLimit.class::isInstance)
            .toArray(CriticalLimit[]::new);

    @ParameterizedTest
    @CsvSource(textBlock = """
        2823-3 6298-4 32713-0 39789-3, mmol/L,  2.5, 2.6
        2823-3 6298-4 32713-0 39789-3, mmol/L,  6.5, 6.4
        2951-2 2947-0,                 mmol/L,  120, 121
        2951-2 2947-0,                 mmol/L,  160, 159
        2345-7 2339-0,                 mg/dL,   45, 46
        2345-7 2339-0,                 mg/dL,   450, 449
        14749-6 15074-8,               mmol/L,  2.5, 2.6
        14749-6 15074-8,               mmol/L,  25, 24.9
        718-7 20509-6,                 g/dL,    7.0, 7.1
        718-7 20509-6,                 g/dL,    20.0, 19.9
        777-3 26515-7,                 10*3/uL, 20, 50
        777-3 26515-7,                 10*9/L,  1000, 999
        6690-2 26464-8,                10*9/L,  1.0, 1.1
        6690-2 26464-8,                10*9/L,  50, 49.9
        6301-6 34714-6,                {INR},   5.0, 4.9
        2524-7 32693-4,                mmol/L,  4.0, 3.9
        17861-6 49765-1,               mg/dL,   6.5, 6.6
        17861-6 49765-1,               mg/dL,   13.0, 12.9
        2000-8,                        mmol/L,  1.62, 1.63
        2000-8,                        mmol/L,  3.24, 3.23
        1995-0 1994-3,                 mmol/L,  0.78, 0.79
        1995-0 1994-3,                 mmol/L,  1.58, 1.57
        19123-9,                       mg/dL,   1.0, 1.1
        19123-9,                       mg/dL,   4.9, 4.8
        2601-3,                        mmol/L,  0.41, 0.42
        2601-3,                        mmol/L,  2.02, 2.01
        2777-1,                        mg/dL,   1.0, 1.1
        2777-1,                        mg/dL,   9.0, 8.9
        14879-1,                       mmol/L,  0.32, 0.33
        14879-1,                       mmol/L,  2.91, 2.90
        2160-0 38483-4,                mg/dL,   4.0, 3.9
        14682-9,                       umol/L,  353.6, 353.5
        3094-0 6299-2,                 mg/dL,   100, 99
        22664-7,                       mmol/L,  30, 29.9
        2028-9 1960-4,                 mmol/L,  10, 11
        2028-9 1960-4,                 mmol/L,  40, 39
        10535-3,                       ng/mL,   2.5, 2.4
        14698-5,                       nmol/L,  3.20, 3.19
        14334-7,                       mmol/L,  1.5, 1.4
        2744-1,                        [pH],    7.20, 7.21
        2744-1,                        [pH],    7.60, 7.59
        """)
    void thePublishedLimitIsCriticalAndItsNeighbourIsNot(String codes, String unit, String limit, String neighbour) {
        for (String code : codes.split(" ", -1)) {
            assertThat(severities(code, unit, limit)).as(code).containsExactly("high");
            assertThat(severities(code, unit, neighbour)).as(code).doesNotContain("high");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2823-3, mmol/L, 2.99, 3.0", "2823-3, mmol/L, 6.0, 5.99", "777-3, 10*9/L, 49, 50", "751-8, 10*9/L, 0.5, 1.0",
        "26499-4, 10*3/uL, 0.99, 1.0", "753-4, /uL, 999, 1000", "10535-3, ng/mL, 2.0, 1.99",
                "14698-5, nmol/L, 2.56, 2.55"
    })
    void warnsInTheWarningBandOnly(String code, String unit, String inside, String outside) {
        assertThat(severities(code, unit, inside)).containsExactly("moderate");
        assertThat(severities(code, unit, outside)).isEmpty();
    }

    @Test
    void neutrophilsBelowOneHalfAreCritical() {
        assertThat(severities("753-4", "/uL", "499")).containsExactly("high");
    }

    /** As laboratories print it, with and without claiming that it is UCUM. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "K/uL",
                "x10E3/uL",
                "10E3/uL",
                "10^3/uL",
                "x10^3/uL",
                "thou/uL",
                "K/mm3",
                "/nL",
                "10*3/uL",
                "10*3/mm3",
                "10*9/L",
                "10^9/L",
                "x10^9/L",
                "10E9/L",
                "x10E9/L",
                "G/L",
                "Gpt/L",
                "K/µL",
                "K/\u03bcL",
                "10E3/µL",
                "x10E3/\u03bcL",
                "10^3/µL",
                "10*3/\u03bcL",
                "x10*3/µL",
                "10E3/mm3",
                "x10E3/mm3",
                "10^3/mm3",
                "x10*3/mm3",
                "10E3/mcL",
                "x10E3/mcL",
                "10^3/mcL",
                "x10^3/mcL",
                "10*3/mcL",
                "x10*3/mcL",
                "thou/mm3",
                "Thousand/mcL"
            })
    void cellsAreTakenInTheUnitsThatLaboratoriesPrint(String unit) {
        for (ObservationCase platelets : List.of(
                new ObservationCase().codes("777-3").value("12", null, UCUM, unit),
                new ObservationCase().codes("777-3").value("12", unit, null, null))) {
            Evaluation evaluation = new EvaluatedPatient(UNITS, RULES).reads(platelets);
            assertThat(evaluation.alerts()).hasSize(1);
        }
        assertThat(severities("6690-2", unit, "60")).containsExactly("high");
        assertThat(severities("751-8", unit, "0.7")).containsExactly("moderate");
    }

    @Test
    void everyOtherSpellingOfAUnitHasASource() {
        for (AlertRule rule : AlertRuleYaml.load()) {
            rule.content()
                    .match(
                            limits -> assertThat(limits.variants())
                                    .allMatch(variant ->
                                            variant.sameUnits().isEmpty() == (variant.sameUnitsSource() == null)),
                            flags -> null,
                            silence -> null);
        }
    }

    /** The unit decides whether the limits for mass or for molar concentration apply, not the code. */
    @ParameterizedTest
    @CsvSource({
        "2345-7, mmol/L, 25, 24.9",
        "14749-6, mg/dL, 450, 449",
        "17861-6, mmol/L, 3.24, 3.23",
        "2000-8, mg/dL, 13.0, 12.9",
        "19123-9, mmol/L, 2.02, 2.01",
        "2777-1, mmol/L, 2.91, 2.90",
        "2160-0, umol/L, 353.6, 353.5",
        "14682-9, mg/dL, 4.0, 3.9",
        "10535-3, nmol/L, 3.20, 3.19",
        "2524-7, mg/dL, 36.0, 35.9",
        "1995-0, mg/dL, 3.13, 3.14",
        "1994-3, mg/dL, 6.33, 6.32"
    })
    void aMassCodeMayHaveAMolarResultAndTheOtherWayRound(String code, String unit, String limit, String neighbour) {
        assertThat(severities(code, unit, limit)).containsExactly("high");
        assertThat(severities(code, unit, neighbour)).doesNotContain("high");
    }

    /** U+00B5 is the micro sign, U+03BC the Greek letter; UCUM writes u. */
    @ParameterizedTest
    @ValueSource(strings = {"umol/L", "\u00b5mol/L", "\u03bcmol/L"})
    void eitherMuIsUcumsU(String unit) {
        assertThat(severities("14682-9", unit, "353.6")).containsExactly("high");
        assertThat(severities("14682-9", unit, "353.5")).isEmpty();
    }

    /** The traps of real data: a unit that is valid and another, or that holds for some analytes only. */
    @ParameterizedTest
    @CsvSource({
        "2000-8, meq/L", // calcium has two charges
        "17861-6, meq/L",
        "19123-9, meq/L",
        "2345-7, meq/L",
        "3094-0, mmol/L", // urea nitrogen is not urea
        "22664-7, mg/dL",
        "718-7, mmol/L", // haemoglobin: per monomer or tetramer
        "718-7, g",
        "777-3, K",
        "777-3, {cells}",
        "2823-3, mmol",
        "2823-3, mosm/L",
        "6301-6, s"
    })
    void aUnitWithAnotherMeaningIsNotTaken(String code, String unit) {
        Evaluation evaluation = new EvaluatedPatient(UNITS, RULES)
                .reads(new ObservationCase().codes(code).value("1000000", null, UCUM, unit));
        assertThat(evaluation.alerts()).isEmpty();
        assertThat(evaluation.notEvaluated())
                .extracting(Unevaluated::reason)
                .containsOnly(NotEvaluated.UNIT_NOT_CONVERTIBLE);
    }

    @Test
    void aCodeUnderTheWrongSystemIsNotTaken() {
        Evaluation evaluation = new EvaluatedPatient(UNITS, RULES)
                .reads(new ObservationCase()
                        .codings(List.of(new Coding("http://snomed.info/sct", "2823-3")))
                        .value("6.9"));
        assertThat(evaluation.notEvaluated()).extracting(Unevaluated::reason).containsExactly(NotEvaluated.NO_RULE);
    }

    @Test
    void watchesEveryAnalyteOfTheTable() {
        assertThat(RULES).hasSize(31);
        assertThat(List.of(RULES).stream()
                        .flatMap(rule -> rule.variants().stream())
                        .flatMap(variant -> variant.codes().stream())
                        .distinct())
                .hasSize(44);
    }

    /** HL7's definitions: critical high, critical low, critical abnormal; by version 2's table 0078, too. */
    @Test
    void listensToTheLaboratorysThreeCriticalFlagsForAllAges() {
        LaboratoryFlag flag = AlertRuleYaml.load().stream()
                .map(RuleDecoder::toDomain)
                .filter(LaboratoryFlag.class::isInstance)
                .map(LaboratoryFlag.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(flag.flags().keySet().stream().map(Coding::code).distinct())
                .containsExactlyInAnyOrder("HH", "LL", "AA");
        assertThat(flag.flags()).hasSize(6).containsValue(Severity.HIGH).doesNotContainValue(Severity.MODERATE);
        assertThat(flag.age()).isEqualTo(AgeBand.ANY);
    }

    @Test
    void everyKindHasOneNameInItsRecordAndInItsAlerts() {
        List<AlertRule> rules = new ArrayList<>(AlertRuleYaml.load());
        rules.add(silence());
        for (AlertRule rule : rules) {
            assertThat(RuleDecoder.toDomain(rule).kind())
                    .isEqualTo(rule.content().kind());
        }
        assertThat(rules.stream().map(rule -> rule.content().kind()))
                .contains(Stream.of(RuleContent.class.getPermittedSubclasses())
                        .map(kind -> kind.getAnnotation(JsonTypeName.class).value())
                        .toArray(String[]::new));
    }

    /** None is curated: how long is too long is a ward's decision. */
    private static AlertRule silence() {
        return new AlertRule(
                "ward/silent",
                "1",
                "Silent",
                "any",
                "The ward",
                Duration.ofHours(1),
                Duration.ofHours(1),
                null,
                new RuleContent.Silence(
                        List.of(new AlertRule.Code("urn:local", "HR")),
                        Duration.ofMinutes(5),
                        "while-admitted",
                        "high"));
    }

    @Test
    void isForAdultsAndNamesTheSourceOfTheLimits() {
        assertThat(RULES).allSatisfy(rule -> {
            assertThat(rule.age().fromYears()).isEqualTo(18);
            assertThat(rule.source()).isNotBlank();
        });
    }

    @Test
    void everyUnitIsOneOfUcum() {
        for (CriticalLimit rule : RULES) {
            for (Variant variant : rule.variants()) {
                boolean special = variant.unit().equals("[pH]");
                assertThat(special
                                || UcumDefinitions.load()
                                        .measure(variant.unit())
                                        .isPresent())
                        .as(variant.unit())
                        .isTrue();
            }
        }
    }

    private static List<String> severities(String code, String unit, String value) {
        EvaluatedPatient patient = new EvaluatedPatient(UNITS, RULES);
        Evaluation evaluation = patient.reads(new ObservationCase().codes(code).value(value, null, UCUM, unit));
        assertThat(evaluation.notEvaluated()).isEmpty();
        return evaluation.alerts().stream()
                .map(alert -> alert.severity().name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
