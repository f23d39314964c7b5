package io.clinicalstreams.loadgen.generate;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One laboratory test as a LOINC code with its UCUM unit, the range of a healthy adult and the values of a sick one.
 *
 * @param analyte what it measures; tests of one analyte feed the same alert rules
 * @param scale decimals in the reported value
 */
record LaboratoryTest(
        String analyte,
        String loinc,
        String display,
        String unit,
        int scale,
        double low,
        double high,
        @Nullable CriticalSide tooLow,
        @Nullable CriticalSide tooHigh) {

    /**
     * The abnormal values on one side of the normal range, in the test's unit: the warning limit if there is one, the
     * critical limit, and the worst value generated, from which a patient may recover.
     */
    record CriticalSide(@Nullable Double warning, double critical, double worst) {

        static @Nullable CriticalSide parse(String written) {
            if (written.isEmpty()) {
                return null;
            }
            double[] values = Stream.of(written.split(" +"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            int last = values.length - 1;
            return new CriticalSide(last == 2 ? values[0] : null, values[last - 1], values[last]);
        }

        /** Beyond the critical limit; {@code depth} from 0 (just beyond) to 1 (the worst). */
        double critical(double depth) {
            return critical + (worst - critical) * (0.12 + 0.88 * depth);
        }

        /** Before critical: at the warning limit if there is one, else just short of the critical limit. */
        double approaching(double edgeOfNormal) {
            double from = warning == null ? edgeOfNormal : warning;
            return from + (critical - from) * 0.4;
        }
    }

    /** Every test in {@code laboratory-tests.txt}. */
    static List<LaboratoryTest> all() {
        return ResourceTemplates.rows("laboratory-tests.txt").stream()
                .map(LaboratoryTest::parse)
                .toList();
    }

    private static LaboratoryTest parse(String[] cells) {
        return new LaboratoryTest(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                Integer.parseInt(cells[4]),
                Double.parseDouble(cells[5]),
                Double.parseDouble(cells[6]),
                CriticalSide.parse(cells[7]),
                CriticalSide.parse(cells[8]));
    }
}
