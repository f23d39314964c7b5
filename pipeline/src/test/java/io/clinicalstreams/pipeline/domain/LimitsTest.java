package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.RecomputedEpisode;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Conversion;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.Interval;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.Assessment;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a limit, its variants and its ages decide. */
class LimitsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    @ParameterizedTest
    @CsvSource({"5900, ''", "6000, RAISED MODERATE 1", "6500, RAISED HIGH 1"})
    void aValueInAnotherUnitIsConvertedBeforeItIsCompared(String micromoles, String told) {
        Evaluation evaluation = EvaluatedPatient.watching(Cases.potassiumHigh())
                .reads(new ObservationCase().value(micromoles, null, Cases.UCUM, "umol/L"));

        assertThat(String.join("", told(evaluation))).isEqualTo(told);
    }

    @Test
    void aValueThatMayBeClearOrBetweenLevelAndClearIsUndecided() {
        assertThat(told(EvaluatedPatient.watching(Cases.potassiumLow()).reads(potassium(">3.1"))))
                .containsExactly("not comparator-undecided");
        assertThat(told(EvaluatedPatient.watching(Cases.potassiumLow()).reads(potassium("3.1"))))
                .isEmpty();
    }

    @Test
    void theLimitsAreThoseOfTheVariantWithTheReadingsCode() {
        CriticalLimit two = Cases.rule(
                "curated/two",
                AgeBand.ANY,
                Cases.variant("1-8", "mmol/L", "<3.0", ">=3.0", null),
                Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", null));

        assertThat(told(EvaluatedPatient.watching(two).reads(potassium("4.0")))).isEmpty();
    }

    @Test
    void aReadingWithoutANumberOrInAnUnrelatedUnitCannotBeCompared() {
        Assessment assessment = assessment("6.8");

        assertThat(assessment.beyond(evidence(null))).isNull();
        assertThat(assessment.beyond(evidence(amount("9", "mg/dL")))).isNull();
        assertThat(assessment.beyond(evidence(amount("6.7", "mmol/L")))).isPositive();
        assertThat(assessment.beyond(evidence(amount("6900", "umol/L")))).isNegative();
    }

    @Test
    void agesAreInclusiveExclusiveAndAtLeastZero() {
        assertThat(new AgeBand(0, 18).includes(DAY.plusDays(1), DAY))
                .as("born after the reading")
                .isTrue();
        assertThat(new AgeBand(1, 18).includes(DAY.minusYears(1), DAY)).isTrue();
        assertThat(new AgeBand(1, 18).includes(DAY.minusYears(1).plusDays(1), DAY))
                .isFalse();
        assertThat(new AgeBand(0, 18).includes(DAY.minusYears(18), DAY)).isFalse();
        assertThat(new AgeBand(0, 18).includes(DAY.minusYears(18).plusDays(1), DAY))
                .isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new AgeBand(5, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new AgeBand(-1, 5));
    }

    @Test
    void aConversionsFactorIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Conversion(BigDecimal.ZERO, BigDecimal.ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Conversion(BigDecimal.ONE, BigDecimal.ZERO));
    }

    @Test
    void aBookKnowsItsRules() {
        RuleBook book = RuleBook.of(List.of(Cases.potassiumHigh(), Cases.laboratoryFlag()));

        assertThat(book.size()).isEqualTo(2);
        assertThat(book.isEmpty()).isFalse();
        assertThat(RuleBook.of(List.of()).isEmpty()).isTrue();
        assertThat(Objects.requireNonNull(book.rule("curated/potassium-high")).kind())
                .isEqualTo("critical-limit");
        assertThat(Objects.requireNonNull(book.rule("curated/laboratory-flag")).kind())
                .isEqualTo("laboratory-flag");
        assertThat(book.rule("curated/other")).isNull();
        assertThat(Cases.potassiumHigh().criterionName()).isEqualTo("limit");
        assertThat(Cases.potassiumHigh().lookBack()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void sexIsRememberedAndReplacedByALaterOne() {
        EvaluatedPatient patient = EvaluatedPatient.watching(Cases.potassiumHigh());
        patient.learns(new Patient(null, "female")).learns(new Patient(DAY, null));
        assertThat(patient.state().gender()).isEqualTo("female");
        patient.learns(new Patient(null, "male"));
        assertThat(patient.state().gender()).isEqualTo("male");
        assertThat(patient.state().birthDate()).isEqualTo(DAY);
    }

    @Test
    void nothingIsPrintedOfAPatientsData() {
        EvaluatedPatient patient = EvaluatedPatient.watching(Cases.potassiumHigh());
        Evaluation evaluation = patient.reads(potassium("6.8"));
        Evidence reading = patient.episode().latest();

        assertThat(List.of(
                        evaluation.alerts().get(0),
                        patient.state(),
                        patient.episode(),
                        reading,
                        reading.observation(),
                        Objects.requireNonNull(reading.amount()),
                        reading.amount().value(),
                        potassium("6.8").build(),
                        patient.state().histories().get(0),
                        patient.state().histories().get(0).latest(),
                        RecomputedEpisode.before(patient.episode(), null),
                        new Patient(DAY, "female")))
                .allSatisfy(each -> assertThat(each.toString()).endsWith("[hidden]"));
    }

    private static Assessment assessment(String value) {
        Reading reading = Reading.of(
                        Cases.ANNA,
                        potassium(value).build(),
                        ObservationIdentity.of(potassium("1").build(), ""),
                        Cases.NOON)
                .get(0);
        return Objects.requireNonNull(Cases.potassiumHigh()
                .evaluate(PatientState.EMPTY, reading, Cases.UNITS)
                .assessment());
    }

    private static Amount amount(String value, String unit) {
        return new Amount(Interval.of(null, new BigDecimal(value)), new Unit(unit, true));
    }

    private static Evidence evidence(@Nullable Amount amount) {
        Reading reading = Reading.of(
                        Cases.ANNA,
                        potassium("6.8").build(),
                        ObservationIdentity.of(potassium("1").build(), ""),
                        Cases.NOON)
                .get(0);
        return new Evidence(reading.identity(), amount, Cases.NOON);
    }
}
