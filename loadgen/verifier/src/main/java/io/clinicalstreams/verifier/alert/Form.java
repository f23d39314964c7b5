package io.clinicalstreams.verifier.alert;

/** The compared fields of an alert's final form. */
record Form(String transition, String severity, int version, int escalations) {

    static Form of(Incident incident) {
        return new Form(incident.transition(), incident.grade().code(), incident.version(), incident.escalations());
    }

    static Form of(AlertForm alert) {
        return new Form(alert.transition(), alert.severity(), alert.version(), alert.escalations());
    }
}
