package io.clinicalstreams.verifier.alert;

import java.util.Locale;

/** How grave a reading is. */
enum Grade {
    MODERATE,
    HIGH;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
