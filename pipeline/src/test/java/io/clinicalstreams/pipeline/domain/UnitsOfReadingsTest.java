package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.UCUM;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnitsOfReadingsTest {

    @Test
    void theUcumCodeWinsOverTheText() {
        assertThat(potassium("6.8", "nonsense", UCUM, "mmol/L")).isEqualTo("RAISED HIGH 1");
        assertThat(potassium("6.8", "mmol/L", UCUM, "K/uL")).isEqualTo("not unit-not-convertible");
    }

    @Test
    void theTextIsUsedWithoutAUcumCode() {
        assertThat(potassium("6.8", "mmol/L", null, null)).isEqualTo("RAISED HIGH 1");
        assertThat(potassium("6.8", "same mmol/L", null, null)).isEqualTo("RAISED HIGH 1");
        assertThat(potassium("6.8", "mmol/L", "urn:other", "1234")).isEqualTo("RAISED HIGH 1");
        assertThat(potassium("6.8", "millimoles", null, null)).isEqualTo("not unit-not-convertible");
    }

    @Test
    void aValueWithoutUnitIsNotEvaluated() {
        assertThat(potassium("6.8", null, null, null)).isEqualTo("not unit-missing");
        assertThat(potassium("6.8", null, null, "mmol/L")).isEqualTo("not unit-missing");
    }

    @Test
    void convertsExactlyUpToTheLastDigit() {
        assertThat(potassium("6500", null, UCUM, "umol/L")).isEqualTo("RAISED HIGH 1");
        assertThat(potassium("6499.999999999999999999999", null, UCUM, "umol/L"))
                .isEqualTo("RAISED MODERATE 1");
    }

    @Test
    void theRulesOwnUnitsNeedNoConversion() {
        EvaluatedPatient patient = new EvaluatedPatient((from, to) -> Optional.empty(), Cases.potassiumHigh());
        assertThat(told(patient.reads(new ObservationCase().value("6.8", null, UCUM, "same mmol/L"))))
                .containsExactly("RAISED HIGH 1");
    }

    private static String potassium(
            String value, @Nullable String unit, @Nullable String system, @Nullable String code) {
        return told(EvaluatedPatient.watching(Cases.potassiumHigh())
                        .reads(new ObservationCase().value(value, unit, system, code)))
                .get(0);
    }
}
