package io.clinicalstreams.loadgen.generate;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Parts common to the generated resources, and those that are not Observations, as HAPI resources with marks. */
final class Resources {

    static final String LOINC = "http://loinc.org";
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private static final String ACT_CODES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private record Drug(String code, String display, String dosage) {}

    /** RxNorm products; the first four relate to laboratory results. */
    private static final List<Drug> DRUGS = List.of(
            new Drug("197604", "digoxin 0.125 MG Oral Tablet", "1 tablet once a day"),
            new Drug("855332", "warfarin sodium 5 MG Oral Tablet", "1 tablet once a day in the evening"),
            new Drug(
                    "860975",
                    "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet",
                    "1 tablet twice a day with meals"),
            new Drug("314076", "lisinopril 10 MG Oral Tablet", "1 tablet once a day"),
            new Drug("197361", "amlodipine 5 MG Oral Tablet", "1 tablet once a day"),
            new Drug("310798", "hydrochlorothiazide 25 MG Oral Tablet", "1 tablet once a day in the morning"),
            new Drug("309362", "clopidogrel 75 MG Oral Tablet", "1 tablet once a day"),
            new Drug("313782", "acetaminophen 325 MG Oral Tablet", "1 tablet every 6 hours as needed"));

    private final IParser parser = FhirContext.forR4Cached().newJsonParser();

    String json(Resource resource) {
        return parser.encodeResourceToString(resource);
    }

    Coding coding(String system, String code, String display) {
        return new Coding(system, code, display);
    }

    CodeableConcept loinc(String code, String display) {
        return new CodeableConcept().addCoding(coding(LOINC, code, display));
    }

    /** Marks the resource as test data. */
    void markAsTest(Resource resource) {
        resource.getMeta()
                .addSecurity(new Coding()
                        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActReason")
                        .setCode("HTEST"));
    }

    List<Template> medicationRequests() {
        return DRUGS.stream().map(this::medicationRequest).map(Template::of).toList();
    }

    List<Template> encounters() {
        return List.of(
                Template.of(encounter("IMP", "inpatient encounter", Encounter.EncounterStatus.INPROGRESS)),
                Template.of(encounter("EMER", "emergency", Encounter.EncounterStatus.INPROGRESS)),
                Template.of(encounter("AMB", "ambulatory", Encounter.EncounterStatus.ARRIVED)));
    }

    /** One for women, one for men. */
    List<Template> patients() {
        return List.of(
                Template.of(patient(AdministrativeGender.FEMALE)), Template.of(patient(AdministrativeGender.MALE)));
    }

    private String medicationRequest(Drug drug) {
        MedicationRequest request = new MedicationRequest();
        request.setId(Slot.ID.mark());
        markAsTest(request);
        request.addIdentifier().setSystem("https://pharmacy.example/order").setValue(Slot.ID.mark());
        request.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
        request.setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
        request.addCategory()
                .addCoding(coding(
                        "http://terminology.hl7.org/CodeSystem/medicationrequest-category", "inpatient", "Inpatient"));
        request.setMedication(new CodeableConcept()
                .addCoding(coding(RXNORM, drug.code(), drug.display()))
                .setText(drug.display()));
        request.setSubject(new Reference(Slot.SUBJECT.mark()));
        request.setEncounter(new Reference("Encounter/" + Slot.ENCOUNTER_ID.mark()));
        request.setAuthoredOnElement(new DateTimeType(Slot.EFFECTIVE.mark()));
        request.setRequester(new Reference("Practitioner/ward-physician").setDisplay("EvaluatedPatient physician"));
        request.addDosageInstruction().setSequence(1).setText(drug.dosage());
        return json(request);
    }

    private String encounter(String code, String display, Encounter.EncounterStatus status) {
        Encounter encounter = new Encounter();
        encounter.setId(Slot.ENCOUNTER_ID.mark());
        markAsTest(encounter);
        encounter.addIdentifier().setSystem("https://hospital.example/visit").setValue(Slot.ENCOUNTER_ID.mark());
        encounter.setStatus(status);
        encounter.setClass_(coding(ACT_CODES, code, display));
        encounter
                .addType()
                .addCoding(coding("http://snomed.info/sct", "185347001", "Encounter for problem"))
                .setText("Encounter for problem");
        encounter.setSubject(new Reference(Slot.SUBJECT.mark()));
        encounter.setPeriod(new Period().setStartElement(new DateTimeType(Slot.EFFECTIVE.mark())));
        encounter.setServiceProvider(new Reference("Organization/hospital").setDisplay("General hospital"));
        return json(encounter);
    }

    private String patient(AdministrativeGender gender) {
        Patient patient = new Patient();
        patient.setId(Slot.PATIENT_ID.mark());
        markAsTest(patient);
        patient.addIdentifier().setSystem("https://hospital.example/patient").setValue(Slot.PATIENT_ID.mark());
        patient.setActive(true);
        patient.addName().setFamily("Test-" + Slot.PATIENT_ID.mark()).addGiven("Synthetic");
        patient.setGender(gender);
        patient.setBirthDateElement(new DateType(Slot.BIRTH_DATE.mark()));
        patient.setManagingOrganization(new Reference("Organization/hospital").setDisplay("General hospital"));
        return json(patient);
    }
}
