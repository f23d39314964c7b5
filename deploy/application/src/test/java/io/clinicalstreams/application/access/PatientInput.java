package io.clinicalstreams.application.access;

import io.clinicalstreams.loadgen.send.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Input for every path through the lanes: each type is routed, one is re-keyed, one is rejected, one raises an alert, and
 * one of a duplicate is forwarded.
 */
record PatientInput(int round) {

    private static final String PATIENT = "'subject':{'reference':'%s'}";

    List<Outgoing> records() {
        String patient = "Patient/ward-" + round;
        String subject = PATIENT.formatted(patient);
        String duplicate = "Patient/duplicate-" + round;
        return List.of(
                record(patient, potassium("k-" + round, subject)),
                record(null, potassium("m-" + round, PATIENT.formatted("Patient/other-" + round))),
                record(
                        patient,
                        "{'resourceType':'MedicationRequest','status':'active','intent':'order',"
                                + "'medicationCodeableConcept':{'text':'x'}," + subject + "}"),
                record(
                        patient,
                        "{'resourceType':'Encounter','status':'in-progress',"
                                + "'class':{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'IMP'},"
                                + subject
                                + "}"),
                record(
                        "formulary/" + round,
                        "{'resourceType':'MedicationKnowledge','code':{'coding':[{'code':'" + round + "'}]}}"),
                record(patient, "no JSON"),
                record(
                        duplicate,
                        "{'resourceType':'Patient','id':'duplicate-" + round
                                + "','link':[{'type':'replaced-by','other':{'reference':'" + patient + "'}}]}"),
                record(duplicate, potassium("d-" + round, PATIENT.formatted(duplicate))));
    }

    private static String potassium(String id, String subject) {
        return "{'resourceType':'Observation','id':'" + id + "','status':'final',"
                + "'code':{'coding':[{'system':'http://loinc.org','code':'2823-3'}]}," + subject
                + ",'effectiveDateTime':'" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "','valueQuantity':"
                + "{'value':7.1,'unit':'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}}";
    }

    private static Outgoing record(@Nullable String key, String json) {
        return Outgoing.of(key == null ? null : bytes(key), bytes(json.replace('\'', '"')));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
