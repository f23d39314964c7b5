package io.clinicalstreams.loadgen.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LaboratoryTestTest {

    @Test
    void hasTestsForEveryAnalyte() {
        assertThat(LaboratoryTest.all().stream().map(LaboratoryTest::analyte).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "POTASSIUM SODIUM GLUCOSE HAEMOGLOBIN PLATELETS LEUKOCYTES NEUTROPHILS INR LACTATE CALCIUM IONISED_CALCIUM"
                                .concat(" MAGNESIUM PHOSPHATE CREATININE UREA BICARBONATE DIGOXIN LITHIUM ARTERIAL_PH")
                                .split(" "));
    }

    @Test
    void hasEachCodeOnceWithAValidCheckDigit() {
        assertThat(LaboratoryTest.all()).extracting(LaboratoryTest::loinc).doesNotHaveDuplicates();
        assertThat(LaboratoryTest.all())
                .extracting(LaboratoryTest::loinc)
                .allMatch(LaboratoryTestTest::hasItsCheckDigit);
    }

    /** LOINC's check digit is Luhn's. */
    private static boolean hasItsCheckDigit(String loinc) {
        int dash = loinc.indexOf('-');
        int sum = 0;
        for (int i = dash - 1, place = 0; i >= 0; i--, place++) {
            int digit = loinc.charAt(i) - '0';
            int weighted = place % 2 == 0 ? 2 * digit : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return (10 - sum % 10) % 10 == loinc.charAt(dash + 1) - '0';
    }
}
