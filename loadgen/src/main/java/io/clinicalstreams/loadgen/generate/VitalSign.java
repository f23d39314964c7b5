package io.clinicalstreams.loadgen.generate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private static final Map<String, VitalSign> ALL = ResourceTemplates.rows("vital-signs.txt").stream()
            .map(VitalSign::parse)
            .collect(Collectors.toUnmodifiableMap(VitalSign::name, sign -> sign));

    static final VitalSign HEART_RATE = named("HEART_RATE");
    static final VitalSign RESPIRATORY_RATE = named("RESPIRATORY_RATE");
    static final VitalSign OXYGEN_SATURATION = named("OXYGEN_SATURATION");
    static final VitalSign BODY_TEMPERATURE = named("BODY_TEMPERATURE");
    static final VitalSign BODY_TEMPERATURE_FAHRENHEIT = named("BODY_TEMPERATURE_FAHRENHEIT");
    static final VitalSign SYSTOLIC = named("SYSTOLIC");
    static final VitalSign DIASTOLIC = named("DIASTOLIC");

    /** Those with an Observation of their own: all except blood pressure. */
    static final List<VitalSign> SINGLE =
            List.of(HEART_RATE, RESPIRATORY_RATE, OXYGEN_SATURATION, BODY_TEMPERATURE, BODY_TEMPERATURE_FAHRENHEIT);

    private static VitalSign named(String name) {
        return Objects.requireNonNull(ALL.get(name));
    }

    private static VitalSign parse(String[] cells) {
        double[] numbers =
                Stream.of(cells).skip(6).mapToDouble(Double::parseDouble).toArray();
        return new VitalSign(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                Integer.parseInt(cells[5]),
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5]);
    }

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
