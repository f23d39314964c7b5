package io.clinicalstreams.verifier.rule;

import java.util.Locale;

/** The severity of a reading. */
public enum Grade {
    MODERATE,
    HIGH;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
