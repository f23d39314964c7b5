package io.clinicalstreams.loadgen.generate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One laboratory test as a LOINC code with its UCUM unit, the range of a healthy adult and the values of a sick one.
 *
 * @param analyte what it measures; tests of one analyte feed the same alert rules
 * @param scale decimals in the reported value
 */
record LaboratoryTest(
        Analyte analyte,
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

        static CriticalSide of(double critical, double worst) {
            return new CriticalSide(null, critical, worst);
        }

        static CriticalSide of(double warning, double critical, double worst) {
            return new CriticalSide(warning, critical, worst);
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

    /** The analytes with critical limits. */
    enum Analyte {
        POTASSIUM,
        SODIUM,
        GLUCOSE,
        HAEMOGLOBIN,
        PLATELETS,
        LEUKOCYTES,
        NEUTROPHILS,
        INR,
        LACTATE,
        CALCIUM,
        IONISED_CALCIUM,
        MAGNESIUM,
        PHOSPHATE,
        CREATININE,
        UREA,
        BICARBONATE,
        DIGOXIN,
        LITHIUM,
        ARTERIAL_PH
    }

    /**
     * Every code in the table of critical limits. Normal ranges are the usual adult ones; limits: Kost, JAMA 1990
     * (PubMed 2296127); RCPath G158 2017; published lists of large laboratories. Names are LOINC's.
     */
    static List<LaboratoryTest> all() {
        return List.of(
                mmol(Analyte.POTASSIUM, "2823-3", "Potassium [Moles/volume] in Serum or Plasma", POTASSIUM),
                mmol(Analyte.POTASSIUM, "6298-4", "Potassium [Moles/volume] in Blood", POTASSIUM),
                mmol(Analyte.POTASSIUM, "32713-0", "Potassium [Moles/volume] in Arterial blood", POTASSIUM),
                mmol(Analyte.POTASSIUM, "39789-3", "Potassium [Moles/volume] in Venous blood", POTASSIUM),
                mmol(Analyte.SODIUM, "2951-2", "Sodium [Moles/volume] in Serum or Plasma", SODIUM),
                mmol(Analyte.SODIUM, "2947-0", "Sodium [Moles/volume] in Blood", SODIUM),
                test(Analyte.GLUCOSE, "2345-7", "Glucose [Mass/volume] in Serum or Plasma", "mg/dL", GLUCOSE),
                test(Analyte.GLUCOSE, "2339-0", "Glucose [Mass/volume] in Blood", "mg/dL", GLUCOSE),
                mmol(Analyte.GLUCOSE, "14749-6", "Glucose [Moles/volume] in Serum or Plasma", GLUCOSE_MOLAR),
                mmol(Analyte.GLUCOSE, "15074-8", "Glucose [Moles/volume] in Blood", GLUCOSE_MOLAR),
                test(Analyte.HAEMOGLOBIN, "718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL", HAEMOGLOBIN),
                test(
                        Analyte.HAEMOGLOBIN,
                        "20509-6",
                        "Hemoglobin [Mass/volume] in Blood by calculation",
                        "g/dL",
                        HAEMOGLOBIN),
                cells(Analyte.PLATELETS, "777-3", "Platelets [#/volume] in Blood by Automated count", PLATELETS),
                cells(Analyte.PLATELETS, "26515-7", "Platelets [#/volume] in Blood", PLATELETS),
                cells(Analyte.LEUKOCYTES, "6690-2", "Leukocytes [#/volume] in Blood by Automated count", LEUKOCYTES),
                cells(Analyte.LEUKOCYTES, "26464-8", "Leukocytes [#/volume] in Blood", LEUKOCYTES),
                cells(Analyte.NEUTROPHILS, "751-8", "Neutrophils [#/volume] in Blood by Automated count", NEUTROPHILS),
                cells(Analyte.NEUTROPHILS, "26499-4", "Neutrophils [#/volume] in Blood", NEUTROPHILS),
                cells(Analyte.NEUTROPHILS, "753-4", "Neutrophils [#/volume] in Blood by Manual count", NEUTROPHILS),
                test(Analyte.INR, "6301-6", "INR in Platelet poor plasma by Coagulation assay", "{INR}", INR),
                test(Analyte.INR, "34714-6", "INR in Blood by Coagulation assay", "{INR}", INR),
                mmol(Analyte.LACTATE, "2524-7", "Lactate [Moles/volume] in Serum or Plasma", LACTATE),
                mmol(Analyte.LACTATE, "32693-4", "Lactate [Moles/volume] in Blood", LACTATE),
                test(Analyte.CALCIUM, "17861-6", "Calcium [Mass/volume] in Serum or Plasma", "mg/dL", CALCIUM),
                test(Analyte.CALCIUM, "49765-1", "Calcium [Mass/volume] in Blood", "mg/dL", CALCIUM),
                mmol(Analyte.CALCIUM, "2000-8", "Calcium [Moles/volume] in Serum or Plasma", CALCIUM_MOLAR),
                mmol(
                        Analyte.IONISED_CALCIUM,
                        "1995-0",
                        "Calcium.ionized [Moles/volume] in Serum or Plasma",
                        IONISED_CALCIUM),
                mmol(Analyte.IONISED_CALCIUM, "1994-3", "Calcium.ionized [Moles/volume] in Blood", IONISED_CALCIUM),
                test(Analyte.MAGNESIUM, "19123-9", "Magnesium [Mass/volume] in Serum or Plasma", "mg/dL", MAGNESIUM),
                mmol(Analyte.MAGNESIUM, "2601-3", "Magnesium [Moles/volume] in Serum or Plasma", MAGNESIUM_MOLAR),
                test(Analyte.PHOSPHATE, "2777-1", "Phosphate [Mass/volume] in Serum or Plasma", "mg/dL", PHOSPHATE),
                mmol(Analyte.PHOSPHATE, "14879-1", "Phosphate [Moles/volume] in Serum or Plasma", PHOSPHATE_MOLAR),
                test(Analyte.CREATININE, "2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "mg/dL", CREATININE),
                test(Analyte.CREATININE, "38483-4", "Creatinine [Mass/volume] in Blood", "mg/dL", CREATININE),
                test(
                        Analyte.CREATININE,
                        "14682-9",
                        "Creatinine [Moles/volume] in Serum or Plasma",
                        "umol/L",
                        CREATININE_MOLAR),
                test(Analyte.UREA, "3094-0", "Urea nitrogen [Mass/volume] in Serum or Plasma", "mg/dL", UREA_NITROGEN),
                test(Analyte.UREA, "6299-2", "Urea nitrogen [Mass/volume] in Blood", "mg/dL", UREA_NITROGEN),
                mmol(Analyte.UREA, "22664-7", "Urea [Moles/volume] in Serum or Plasma", UREA_MOLAR),
                mmol(
                        Analyte.BICARBONATE,
                        "2028-9",
                        "Carbon dioxide, total [Moles/volume] in Serum or Plasma",
                        BICARBONATE),
                mmol(Analyte.BICARBONATE, "1960-4", "Bicarbonate [Moles/volume] in Arterial blood", BICARBONATE),
                test(Analyte.DIGOXIN, "10535-3", "Digoxin [Mass/volume] in Serum or Plasma", "ng/mL", DIGOXIN),
                test(Analyte.DIGOXIN, "14698-5", "Digoxin [Moles/volume] in Serum or Plasma", "nmol/L", DIGOXIN_MOLAR),
                mmol(Analyte.LITHIUM, "14334-7", "Lithium [Moles/volume] in Serum or Plasma", LITHIUM),
                test(Analyte.ARTERIAL_PH, "2744-1", "pH of Arterial blood", "[pH]", ARTERIAL_PH));
    }

    /** The values of one analyte in one unit. */
    private record Values(
            int scale,
            double low,
            double high,
            @Nullable CriticalSide tooLow,
            @Nullable CriticalSide tooHigh) {}

    private static final Values POTASSIUM =
            new Values(1, 3.5, 5.0, CriticalSide.of(3.0, 2.5, 1.8), CriticalSide.of(6.0, 6.5, 8.0));
    private static final Values SODIUM = new Values(0, 135, 145, CriticalSide.of(120, 108), CriticalSide.of(160, 176));
    private static final Values GLUCOSE = new Values(0, 70, 140, CriticalSide.of(45, 22), CriticalSide.of(450, 820));
    private static final Values GLUCOSE_MOLAR =
            new Values(1, 3.9, 7.8, CriticalSide.of(2.4, 1.2), CriticalSide.of(25.1, 45.0));
    private static final Values HAEMOGLOBIN =
            new Values(1, 12.0, 17.0, CriticalSide.of(7.0, 4.0), CriticalSide.of(20.0, 23.0));
    private static final Values PLATELETS =
            new Values(0, 150, 400, CriticalSide.of(50, 20, 5), CriticalSide.of(1000, 1500));
    private static final Values LEUKOCYTES =
            new Values(1, 4.0, 11.0, CriticalSide.of(1.0, 0.2), CriticalSide.of(50, 120));
    private static final Values NEUTROPHILS = new Values(2, 1.8, 7.5, CriticalSide.of(1.0, 0.5, 0.05), null);
    private static final Values INR = new Values(1, 0.9, 1.2, null, CriticalSide.of(5.0, 9.5));
    private static final Values LACTATE = new Values(1, 0.5, 2.0, null, CriticalSide.of(4.0, 11.0));
    private static final Values CALCIUM =
            new Values(1, 8.6, 10.3, CriticalSide.of(6.5, 5.0), CriticalSide.of(13.0, 16.0));
    private static final Values CALCIUM_MOLAR =
            new Values(2, 2.15, 2.57, CriticalSide.of(1.61, 1.25), CriticalSide.of(3.25, 4.00));
    private static final Values IONISED_CALCIUM =
            new Values(2, 1.12, 1.32, CriticalSide.of(0.78, 0.60), CriticalSide.of(1.58, 1.95));
    private static final Values MAGNESIUM =
            new Values(1, 1.7, 2.4, CriticalSide.of(1.0, 0.5), CriticalSide.of(4.9, 8.0));
    private static final Values MAGNESIUM_MOLAR =
            new Values(2, 0.70, 1.00, CriticalSide.of(0.40, 0.20), CriticalSide.of(2.03, 3.30));
    private static final Values PHOSPHATE =
            new Values(1, 2.5, 4.5, CriticalSide.of(1.0, 0.5), CriticalSide.of(9.0, 13.0));
    private static final Values PHOSPHATE_MOLAR =
            new Values(2, 0.81, 1.45, CriticalSide.of(0.31, 0.16), CriticalSide.of(2.92, 4.20));
    private static final Values CREATININE = new Values(2, 0.60, 1.20, null, CriticalSide.of(4.0, 9.5));
    private static final Values CREATININE_MOLAR = new Values(0, 53, 106, null, CriticalSide.of(354, 840));
    private static final Values UREA_NITROGEN = new Values(0, 7, 20, null, CriticalSide.of(100, 180));
    private static final Values UREA_MOLAR = new Values(1, 2.5, 7.1, null, CriticalSide.of(36.0, 64.0));
    private static final Values BICARBONATE = new Values(0, 22, 28, CriticalSide.of(10, 4), CriticalSide.of(40, 50));
    private static final Values DIGOXIN = new Values(1, 0.8, 1.8, null, CriticalSide.of(2.0, 2.5, 5.0));
    private static final Values DIGOXIN_MOLAR = new Values(1, 1.0, 2.3, null, CriticalSide.of(2.6, 3.3, 6.4));
    private static final Values LITHIUM = new Values(2, 0.60, 1.00, null, CriticalSide.of(1.5, 3.2));
    private static final Values ARTERIAL_PH =
            new Values(2, 7.35, 7.45, CriticalSide.of(7.20, 6.90), CriticalSide.of(7.60, 7.75));

    private static LaboratoryTest mmol(Analyte analyte, String loinc, String display, Values values) {
        return test(analyte, loinc, display, "mmol/L", values);
    }

    private static LaboratoryTest cells(Analyte analyte, String loinc, String display, Values values) {
        return test(analyte, loinc, display, "10*9/L", values);
    }

    private static LaboratoryTest test(Analyte analyte, String loinc, String display, String unit, Values values) {
        return new LaboratoryTest(
                analyte, loinc, display, unit, values.scale, values.low, values.high, values.tooLow, values.tooHigh);
    }
}
