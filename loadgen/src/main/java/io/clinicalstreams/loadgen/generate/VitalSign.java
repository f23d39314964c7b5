package io.clinicalstreams.loadgen.generate;

/**
 * A vital sign with one number: its LOINC code and UCUM unit, the range of adults at rest, and how far a deteriorating
 * patient leaves it.
 */
enum VitalSign {
    HEART_RATE("8867-4", "Heart rate", "/min", "heartrate", 0, 58, 86, 4, 42, 30, 190),
    RESPIRATORY_RATE("9279-1", "Respiratory rate", "/min", "resprate", 0, 12, 18, 1, 12, 8, 40),
    OXYGEN_SATURATION("2708-6", "Oxygen saturation in Arterial blood", "%", "oxygensat", 0, 96, 99, 0.3, -9, 80, 100),
    BODY_TEMPERATURE("8310-5", "Body temperature", "Cel", "bodytemp", 1, 36.3, 37.1, 0.3, 1.9, 35, 41),
    BODY_TEMPERATURE_FAHRENHEIT("8310-5", "Body temperature", "[degF]", "bodytemp", 1, 97.3, 98.8, 0.5, 3.4, 95, 105.8),
    SYSTOLIC("8480-6", "Systolic blood pressure", "mm[Hg]", "bp", 0, 108, 138, 7, -32, 60, 230),
    DIASTOLIC("8462-4", "Diastolic blood pressure", "mm[Hg]", "bp", 0, 66, 84, 5, -18, 30, 130);

    private final String loinc;
    private final String display;
    private final String unit;
    private final String profile;
    private final int scale;
    private final double low;
    private final double high;
    private final double circadian;
    private final double strain;
    private final double least;
    private final double most;

    /**
     * @param profile last part of the FHIR vital signs profile's URL
     * @param low lower end of the baselines
     * @param circadian amplitude of the daily curve
     * @param strain added at full strain
     * @param least lower bound of all values
     */
    VitalSign(
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
        this.loinc = loinc;
        this.display = display;
        this.unit = unit;
        this.profile = profile;
        this.scale = scale;
        this.low = low;
        this.high = high;
        this.circadian = circadian;
        this.strain = strain;
        this.least = least;
        this.most = most;
    }

    String loinc() {
        return loinc;
    }

    String display() {
        return display;
    }

    String unit() {
        return unit;
    }

    String profile() {
        return "http://hl7.org/fhir/StructureDefinition/" + profile;
    }

    int scale() {
        return scale;
    }

    /**
     * The value scaled to whole numbers.
     *
     * @param baseline the patient's position in the range, 0 to 1
     * @param dayCurve -1 at night to 1 in the afternoon
     * @param strain 0 (well) to 1 (critically ill)
     */
    long scaled(double baseline, double dayCurve, double strain, double noise) {
        double wander = (high - low) * 0.08;
        double value = low + (high - low) * baseline + circadian * dayCurve + this.strain * strain + wander * noise;
        return SlotValues.scaled(Math.max(least, Math.min(most, value)), scale);
    }
}
