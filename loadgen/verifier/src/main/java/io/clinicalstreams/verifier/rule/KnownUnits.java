package io.clinicalstreams.verifier.rule;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The units of laboratory and bedside results, as a hand-made table: dimension and size. */
final class KnownUnits {

    /**
     * @param measures the dimension; units of one dimension convert into each other
     * @param size in the dimension's base unit; null when no factor converts to it
     */
    record Known(String measures, @Nullable BigDecimal size) {}

    private static final Pattern MU = Pattern.compile("[\u00b5\u03bc]");
    private static final Map<String, Known> UNITS = new HashMap<>();

    static {
        scale("amount per volume", "mol/L 0 mmol/L -3 umol/L -6 nmol/L -9 pmol/L -12 mmol/dL -2");
        scale("mass per volume", "g/L 0 g/dL 1 mg/dL -2 mg/L -3 ug/L -6 ng/L -9");
        scale("mass per volume", "ng/mL -6 ug/mL -3 mg/mL 0 g/mL 3 pg/mL -9 ug/dL -5 ng/dL -8");
        scale("count per volume", "/L 0 /uL 6 10*3/uL 9 10*6/uL 12 10*9/L 9 10*12/L 12 10*6/L 6");
        scale("frequency", "/min 0 {beats}/min 0");
        scale("pH", "[pH] 0");
        scale("INR", "{INR} 0");
        String others = "Cel [degF] mm[Hg] kPa kg g cm m kg/m2 L/min mL/min mL/min/{1.73_m2} U/L fL pg a min h s";
        for (String other : others.split(" ", -1)) {
            UNITS.put(other, new Known(other, null));
        }
    }

    private KnownUnits() {}

    /** Either mu is UCUM's u. */
    static String plain(String unit) {
        return MU.matcher(unit).replaceAll("u");
    }

    static @Nullable Known find(String unit) {
        return UNITS.get(plain(unit));
    }

    private static void scale(String measures, String unitsAndPowersOfTen) {
        String[] parts = unitsAndPowersOfTen.split(" ", -1);
        for (int i = 0; i < parts.length; i += 2) {
            BigDecimal size = BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(parts[i + 1]));
            UNITS.put(parts[i], new Known(measures, size));
        }
    }
}
