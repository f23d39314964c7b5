package io.clinicalstreams.loadgen.generate;

/** The laboratory's own judgement of a result, as HL7's interpretation codes. */
enum Judgement {
    NORMAL("N", "Normal"),
    LOW("L", "Low"),
    HIGH("H", "High"),
    CRITICALLY_LOW("LL", "Critical low"),
    CRITICALLY_HIGH("HH", "Critical high");

    private final String code;
    private final String display;

    Judgement(String code, String display) {
        this.code = code;
        this.display = display;
    }

    String code() {
        return code;
    }

    String display() {
        return display;
    }

    static Judgement of(LaboratoryTest test, long scaled, boolean critical) {
        if (scaled < Scaled.of(test.low(), test.scale())) {
            return critical ? CRITICALLY_LOW : LOW;
        }
        if (scaled > Scaled.of(test.high(), test.scale())) {
            return critical ? CRITICALLY_HIGH : HIGH;
        }
        return NORMAL;
    }
}
