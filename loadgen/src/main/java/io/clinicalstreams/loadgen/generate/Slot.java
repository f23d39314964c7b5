package io.clinicalstreams.loadgen.generate;

/** A part of a template that differs in each record, with the text that marks it in the HAPI resource. */
enum Slot {
    ID("slot-id"),
    SUBJECT("Patient/slot-subject"),
    PATIENT_ID("slot-patient"),
    ENCOUNTER_ID("slot-visit"),
    EFFECTIVE("1901-01-01T01:01:01.001Z"),
    ISSUED("1902-02-02T02:02:02.002Z"),
    BIRTH_DATE("1903-03-03"),
    VALUE("98765.4321"),
    SECOND_VALUE("97654.3210");

    private final String mark;

    Slot(String mark) {
        this.mark = mark;
    }

    String mark() {
        return mark;
    }
}
