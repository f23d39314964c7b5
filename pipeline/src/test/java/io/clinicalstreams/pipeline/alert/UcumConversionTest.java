package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.observation.Conversion;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UcumConversionTest {

    private static final UcumConversion UNITS = new UcumConversion();

    @ParameterizedTest
    @CsvSource({
        "mmol/L, mmol/L, 1, 1",
        "mmol/l, mmol/L, 1, 1",
        "umol/L, mmol/L, 1, 1000",
        "mol/m3, mmol/L, 1, 1",
        "10*3/uL, 10*9/L, 1, 1",
        "10^9/L, 10*9/L, 1, 1",
        "/nL, 10*9/L, 1, 1",
        "/uL, 10*9/L, 1, 1000",
        "10*6/L, 10*9/L, 1, 1000",
        "g/L, g/dL, 1, 10",
        "mg/L, mg/dL, 1, 10",
        "ug/mL, mg/dL, 1, 10",
        "ug/L, ng/mL, 1, 1",
        "{beats}/min, /min, 1, 1",
        "/s, /min, 60, 1",
        "/min, /s, 1, 60",
        "/h, /min, 1, 60",
        "{ratio}, {INR}, 1, 1",
        "1, {INR}, 1, 1",
        "[pH], [pH], 1, 1",
        "mm[Hg], kPa, 133322, 1000000",
        "[lb_av], kg, 45359237, 100000000"
    })
    void convertsExactly(String from, String to, BigDecimal numerator, BigDecimal denominator) {
        Optional<Conversion> conversion = UNITS.between(new Unit(from, true), to);
        assertThat(conversion).isPresent();
        assertThat(conversion.get().numerator().multiply(denominator))
                .isEqualByComparingTo(conversion.get().denominator().multiply(numerator));
    }

    @ParameterizedTest
    @CsvSource({
        "K/uL, 10*9/L", "C, Cel", "meq/L, mmol/L", "mmol/L, meq/L", "osm/L, mol/L", "mg/dL, mmol/L", "g/dL, mmol/L",
        "%, {INR}", "10*3, 1", "10*9/L, mmol/L", "mmol/L, 10*9/L", "[iU]/L, /L", "[iU]/L, mmol/L", "[degF], Cel",
        "mL/min, mL/min/{1.73_m2}", "mL/min/{1.73_m2}, mL/min", "1, [pH]", "rad, 1", "G/L, 10*9/L", "mg/g, 1"
    })
    void refusesWhatMeasuresAnotherThing(String from, String to) {
        assertThat(UNITS.between(new Unit(from, true), to)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "mmHg",
                "beats/minute",
                "x10^9/L",
                "millimoles",
                "mmol/L ",
                "µmol/L",
                "((((",
                "mmol//L",
                "/",
                "{",
                "}",
                "10*999999999/L",
                "m999999999",
                "0",
                "mmol/0",
                "99999999999999999999/L",
                "-1/L",
                "mmol/L/",
                "[",
                "[nope]"
            })
    void refusesWhatIsNoUnit(String unit) {
        assertThat(UNITS.between(new Unit(unit, false), "mmol/L")).isEmpty();
        assertThat(UNITS.between(new Unit(unit, false), "10*9/L")).isEmpty();
    }

    @Test
    void refusesLongUnitsWithoutParsingThem() {
        assertThat(UNITS.between(new Unit("(".repeat(100_000), false), "mmol/L"))
                .isEmpty();
    }

    @Test
    void givesTheSameAnswerAgain() {
        Unit unit = new Unit("umol/L", true);
        assertThat(UNITS.between(unit, "mmol/L")).isSameAs(UNITS.between(unit, "mmol/L"));
    }
}
