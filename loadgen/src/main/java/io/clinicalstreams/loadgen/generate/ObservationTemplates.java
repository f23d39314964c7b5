package io.clinicalstreams.loadgen.generate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** Observations as HAPI resources with the marks of {@link Slot} in their variable parts. */
final class ObservationTemplates {

    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String INTERPRETATIONS = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    private final Resources resources;

    ObservationTemplates(Resources resources) {
        this.resources = resources;
    }

    Template vitalSign(VitalSign sign) {
        return Template.of(vitalSignJson(sign));
    }

    /** The JSON with its marks, the base of malformed input. */
    String vitalSignJson(VitalSign sign) {
        Observation observation = vitalSign(
                sign.profileUrl(), resources.loinc(sign.loinc(), sign.display()).setText(sign.display()));
        if (sign.equals(VitalSign.OXYGEN_SATURATION)) {
            observation
                    .getCode()
                    .addCoding(resources.coding(
                            Resources.LOINC, "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"));
        }
        observation.setValue(quantity(Slot.VALUE, sign.unit()));
        return resources.json(observation);
    }

    Template bloodPressure() {
        Observation observation = vitalSign(
                VitalSign.SYSTOLIC.profileUrl(),
                resources.loinc("85354-9", "Blood pressure panel with all children optional"));
        component(observation, VitalSign.SYSTOLIC, Slot.VALUE);
        component(observation, VitalSign.DIASTOLIC, Slot.SECOND_VALUE);
        return Template.of(resources.json(observation));
    }

    Template laboratory(LaboratoryTest test, InterpretationCode judgement) {
        Observation observation = observation("laboratory", resources.loinc(test.loinc(), test.display()));
        observation.setValue(quantity(Slot.VALUE, test.unit()));
        observation
                .addInterpretation()
                .addCoding(new Coding().setSystem(INTERPRETATIONS).setCode(judgement.code()));
        observation
                .addReferenceRange()
                .setText(decimal(test.low(), test.scale()) + " - " + decimal(test.high(), test.scale()) + " "
                        + test.unit());
        return Template.of(resources.json(observation));
    }

    /** The templates of each test, in the order of the tests. */
    List<Map<InterpretationCode, Template>> laboratory(List<LaboratoryTest> tests) {
        List<Map<InterpretationCode, Template>> templates = new ArrayList<>();
        for (LaboratoryTest test : tests) {
            Map<InterpretationCode, Template> ofTest = new EnumMap<>(InterpretationCode.class);
            for (InterpretationCode judgement : InterpretationCode.values()) {
                ofTest.put(judgement, laboratory(test, judgement));
            }
            templates.add(ofTest);
        }
        return templates;
    }

    private Observation vitalSign(String profile, CodeableConcept code) {
        Observation observation = observation("vital-signs", code);
        observation.getMeta().addProfile(profile);
        observation.setDevice(new Reference("Device/bedside-monitor"));
        return observation;
    }

    private Observation observation(String category, CodeableConcept code) {
        Observation observation = new Observation();
        observation.setId(Slot.ID.mark());
        resources.markAsTest(observation);
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation
                .addCategory()
                .addCoding(new Coding()
                        .setSystem("http://terminology.hl7.org/CodeSystem/observation-category")
                        .setCode(category));
        observation.setCode(code);
        observation.setSubject(new Reference(Slot.SUBJECT.mark()));
        observation.setEncounter(new Reference("Encounter/" + Slot.ENCOUNTER_ID.mark()));
        observation.setEffective(new DateTimeType(Slot.EFFECTIVE.mark()));
        observation.setIssuedElement(new InstantType(Slot.ISSUED.mark()));
        return observation;
    }

    private void component(Observation observation, VitalSign sign, Slot slot) {
        observation
                .addComponent()
                .setCode(resources.loinc(sign.loinc(), sign.display()))
                .setValue(quantity(slot, sign.unit()));
    }

    private static Quantity quantity(Slot slot, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(slot.mark()))
                .setUnit(unit)
                .setSystem(UCUM)
                .setCode(unit);
    }

    private static BigDecimal decimal(double value, int scale) {
        return BigDecimal.valueOf(SlotValues.scaled(value, scale), scale);
    }
}
