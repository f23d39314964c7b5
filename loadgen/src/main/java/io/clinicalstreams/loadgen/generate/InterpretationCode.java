package io.clinicalstreams.loadgen.generate;

/** The laboratory's interpretation of a result, as HL7 codes. */
enum InterpretationCode {
    NORMAL("N"),
    LOW("L"),
    HIGH("H"),
    CRITICALLY_LOW("LL"),
    CRITICALLY_HIGH("HH");

    private final String code;

    InterpretationCode(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static InterpretationCode of(LaboratoryTest test, long scaled, boolean critical) {
        if (scaled < SlotValues.scaled(test.low(), test.scale())) {
            return critical ? CRITICALLY_LOW : LOW;
        }
        if (scaled > SlotValues.scaled(test.high(), test.scale())) {
            return critical ? CRITICALLY_HIGH : HIGH;
        }
        return NORMAL;
    }
}
