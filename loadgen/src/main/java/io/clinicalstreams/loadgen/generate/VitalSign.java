package io.clinicalstreams.loadgen.generate;

import java.util.List;

/**
 * A vital sign with one number: its LOINC code and UCUM unit, the range of adults at rest, and how far a deteriorating
 * patient leaves it.
 *
 * @param name seeds each patient's baseline
 * @param profile last part of the FHIR vital signs profile's URL
 * @param scale decimals in the reported value
 * @param low lower end of the baselines
 * @param circadian amplitude of the daily curve
 * @param strain added at full strain
 * @param least lower bound of all values
 */
record VitalSign(
        String name,
        String loinc,
        String display,
        String unit,
        String profile,
        int scale,
        double low,
        double high,
        double circadian,
        double strain,
        double least,
        double most) {

    static final VitalSign HEART_RATE =
            new VitalSign("HEART_RATE", "8867-4", "Heart rate", "/min", "heartrate", 0, 58, 86, 4, 42, 30, 190);
    static final VitalSign RESPIRATORY_RATE = new VitalSign(
            "RESPIRATORY_RATE", "9279-1", "Respiratory rate", "/min", "resprate", 0, 12, 18, 1, 12, 8, 40);
    static final VitalSign OXYGEN_SATURATION = new VitalSign(
            "OXYGEN_SATURATION",
            "2708-6",
            "Oxygen saturation in Arterial blood",
            "%",
            "oxygensat",
            0,
            96,
            99,
            0.3,
            -9,
            80,
            100);
    static final VitalSign BODY_TEMPERATURE = new VitalSign(
            "BODY_TEMPERATURE", "8310-5", "Body temperature", "Cel", "bodytemp", 1, 36.3, 37.1, 0.3, 1.9, 35, 41);
    static final VitalSign BODY_TEMPERATURE_FAHRENHEIT = new VitalSign(
            "BODY_TEMPERATURE_FAHRENHEIT",
            "8310-5",
            "Body temperature",
            "[degF]",
            "bodytemp",
            1,
            97.3,
            98.8,
            0.5,
            3.4,
            95,
            105.8);
    static final VitalSign SYSTOLIC = new VitalSign(
            "SYSTOLIC", "8480-6", "Systolic blood pressure", "mm[Hg]", "bp", 0, 108, 138, 7, -32, 60, 230);
    static final VitalSign DIASTOLIC = new VitalSign(
            "DIASTOLIC", "8462-4", "Diastolic blood pressure", "mm[Hg]", "bp", 0, 66, 84, 5, -18, 30, 130);

    /** Those with an Observation of their own: all except blood pressure. */
    static final List<VitalSign> SINGLE =
            List.of(HEART_RATE, RESPIRATORY_RATE, OXYGEN_SATURATION, BODY_TEMPERATURE, BODY_TEMPERATURE_FAHRENHEIT);

    /**
     * The value scaled to whole numbers.
     *
     * @param baseline the patient's position in the range, 0 to 1
     * @param dayCurve -1 at night to 1 in the afternoon
     * @param strained 0 (well) to 1 (critically ill)
     */
    long scaled(double baseline, double dayCurve, double strained, double noise) {
        double wander = (high - low) * 0.08;
        double value = low + (high - low) * baseline + circadian * dayCurve + strain * strained + wander * noise;
        return SlotValues.scaled(Math.max(least, Math.min(most, value)), scale);
    }
}
