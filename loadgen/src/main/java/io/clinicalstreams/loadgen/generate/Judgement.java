package io.clinicalstreams.loadgen.generate;

/** The laboratory's own judgement of a result, as HL7's interpretation codes. */
enum Judgement {
    NORMAL("N"),
    LOW("L"),
    HIGH("H"),
    CRITICALLY_LOW("LL"),
    CRITICALLY_HIGH("HH");

    private final String code;

    Judgement(String code) {
        this.code = code;
    }

    String code() {
        return code;
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
