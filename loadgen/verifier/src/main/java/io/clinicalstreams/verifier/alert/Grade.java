package io.clinicalstreams.verifier.alert;

import java.util.Locale;

/** The severity of a reading. */
enum Grade {
    MODERATE,
    HIGH;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
