package io.clinicalstreams.loadgen.generate;

import java.util.Locale;

/** A part of a template that differs in each record, and its mark in the template. */
enum Slot {
    ID,
    /** The reference to the patient. */
    SUBJECT,
    PATIENT_ID,
    ENCOUNTER_ID,
    /** Of an Observation. */
    STATUS,
    EFFECTIVE,
    ISSUED,
    BIRTH_DATE,
    VALUE,
    SECOND_VALUE;

    /** {@code ${encounter-id}} */
    String mark() {
        return "${" + name().toLowerCase(Locale.ROOT).replace('_', '-') + '}';
    }
}
