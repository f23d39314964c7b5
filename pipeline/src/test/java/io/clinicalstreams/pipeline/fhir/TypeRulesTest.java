package io.clinicalstreams.pipeline.fhir;

import static io.clinicalstreams.pipeline.fhir.Reading.observation;
import static io.clinicalstreams.pipeline.fhir.Reading.pairs;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.fhir.json.Bounds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** FHIR R4's requirements for the routed types, rule by rule. */
class TypeRulesTest {

    private static final String FINE = "OBSERVATION Patient/1";

    private final Reading reading = new Reading();

    private void check(List<String[]> pairs) {
        pairs.forEach(pair -> assertThat(reading.verdict(pair[0])).as(pair[0]).isEqualTo(pair[1]));
    }

    private void checkObservation(List<String[]> pairs) {
        pairs.forEach(pair ->
                assertThat(reading.verdict(observation(pair[0]))).as(pair[0]).isEqualTo(pair[1]));
    }

    @Test
    void anObservationNeedsAStatusOfItsValueSet() {
        for (String status : List.of(
                "registered",
                "preliminary",
                "final",
                "amended",
                "corrected",
                "cancelled",
                "entered-in-error",
                "unknown")) {
            check(pairs(observation("").replace("final", status), FINE));
        }
        check(pairs(
                observation("").replace("final", "active"), "INVALID_STATUS",
                observation("").replace("final", "Final"), "INVALID_STATUS",
                observation("").replace("final", "entered_in_error"), "INVALID_STATUS",
                observation("").replace("final", " final"), "INVALID_STATUS",
                observation("").replace("final", "fin\\u0061l"), FINE,
                observation("").replace("'final'", "''"), "INVALID_VALUE",
                observation("").replace("'final'", "null"), "WRONG_ELEMENT_TYPE",
                observation("").replace("'final'", "['final']"), "WRONG_ELEMENT_TYPE",
                observation("").replace("'status'", "'_status'"), "MISSING_STATUS"));
    }

    @Test
    void anIdHasTheFormatOfAnId() {
        for (String resource : List.of(
                observation("'id':'ID'"),
                "{'resourceType':'MedicationRequest','id':'ID','status':'active','intent':'order',"
                        + "'medicationCodeableConcept':{'text':'x'},'subject':{'reference':'Patient/1'}}",
                "{'resourceType':'Encounter','id':'ID','status':'finished','class':{'code':'AMB'},"
                        + "'subject':{'reference':'Patient/1'}}",
                "{'resourceType':'MedicationKnowledge','id':'ID','code':{'coding':[{'code':'1'}]}}")) {
            String fine = reading.verdict(resource);
            check(pairs(
                    resource.replace("ID", "-a.Z9"), fine,
                    resource.replace("ID", "x".repeat(64)), fine,
                    resource.replace("ID", "\\u0061"), fine,
                    resource.replace("ID", "x".repeat(65)), "INVALID_VALUE",
                    resource.replace("ID", ""), "INVALID_VALUE",
                    resource.replace("ID", "a_b"), "INVALID_VALUE",
                    resource.replace("ID", "a b"), "INVALID_VALUE",
                    resource.replace("ID", "a/b"), "INVALID_VALUE",
                    resource.replace("ID", "a\\n"), "INVALID_VALUE",
                    resource.replace("ID", "ä"), "INVALID_VALUE",
                    resource.replace("'ID'", "5"), "WRONG_ELEMENT_TYPE"));
        }
    }

    @Test
    void textsInAStateOrAnAlertAreNoLongerThanTheyCanHold() {
        String longest = "x".repeat(Bounds.TEXT_BYTES);
        checkObservation(pairs(
                "'identifier':[{'system':'" + longest + "','value':'" + longest + "'}]",
                FINE,
                "'identifier':[{'value':'" + longest + "x'}]",
                "INVALID_VALUE",
                "'identifier':[{'value':'v'},{'value':'" + longest + "x'}]",
                FINE,
                "'valueQuantity':{'unit':'" + longest + "','code':'" + longest + "'}",
                FINE,
                "'valueQuantity':{'unit':'" + longest + "x'}",
                "INVALID_VALUE",
                "'valueQuantity':{'code':'" + longest + "x'}",
                "INVALID_VALUE",
                "'component':[{'code':{'text':'x'},'valueQuantity':{'unit':'" + longest + "x'}}]",
                "INVALID_VALUE",
                "'valueString':'" + longest + "x'",
                FINE));
    }

    @Test
    void anObservationAndEachComponentNeedACode() {
        String noCode = "{'resourceType':'Observation','status':'final','subject':{'reference':'Patient/1'}%s}";
        check(pairs(
                noCode.replace("%s", ""), "MISSING_CODE",
                noCode.replace("%s", ",'code':{}"), "MISSING_CODE",
                noCode.replace("%s", ",'code':{'id':'x'}"), "MISSING_CODE",
                noCode.replace("%s", ",'code':{'text':'x'}"), FINE,
                noCode.replace("%s", ",'code':{'coding':[{'display':'x'}]}"), FINE,
                noCode.replace("%s", ",'code':[{'text':'x'}]"), "WRONG_ELEMENT_TYPE",
                noCode.replace("%s", ",'code':{'coding':{'code':'x'}}"), "WRONG_ELEMENT_TYPE",
                noCode.replace("%s", ",'code':{'coding':['x']}"), "WRONG_ELEMENT_TYPE",
                noCode.replace("%s", ",'code':{'coding':[{'code':5}]}"), "WRONG_ELEMENT_TYPE",
                noCode.replace("%s", ",'code':{'coding':[{'code':'a  b'}]}"), "INVALID_VALUE",
                noCode.replace("%s", ",'code':{'coding':[{'code':'a b '}]}"), "INVALID_VALUE",
                noCode.replace("%s", ",'code':{'coding':[{'code':'a\\tb\\n'}]}"), "INVALID_VALUE",
                noCode.replace("%s", ",'code':{'coding':[{'code':'a b'}]}"), FINE));
        checkObservation(pairs(
                "'component':[{'code':{'text':'x'}}]", FINE,
                "'component':[{'code':{'text':'x'}},{'valueString':'x'}]", "MISSING_CODE",
                "'component':[{}]", "MISSING_CODE",
                "'component':{'code':{'text':'x'}}", "WRONG_ELEMENT_TYPE",
                "'component':[null]", "WRONG_ELEMENT_TYPE"));
    }

    @Test
    void aChoiceIsMadeAtMostOnce() {
        checkObservation(pairs(
                "'valueString':'x','valueBoolean':true", "MULTIPLE_CHOICE",
                "'valueQuantity':{'value':1},'valueCodeableConcept':{'text':'x'}", "MULTIPLE_CHOICE",
                "'effectiveDateTime':'2020','effectivePeriod':{'start':'2020'}", "MULTIPLE_CHOICE",
                "'component':[{'code':{'text':'x'},'valueTime':'10:00:00','valueInteger':3}]", "MULTIPLE_CHOICE",
                "'component':[{'code':{'text':'x'},'valueTime':'10:00:00'},{'code':{'text':'y'},'valueInteger':3}]",
                        FINE));
    }

    @Test
    void aValueHasTheJsonTypeOfItsName() {
        checkObservation(pairs(
                "'valueQuantity':5", "WRONG_ELEMENT_TYPE",
                "'valueQuantity':{'value':'5'}", "WRONG_ELEMENT_TYPE",
                "'valueQuantity':{'value':5,'comparator':'='}", "INVALID_VALUE",
                "'valueQuantity':{'value':5,'comparator':'<='}", FINE,
                "'valueQuantity':{'unit':7}", "WRONG_ELEMENT_TYPE",
                "'valueQuantity':{'code':''}", "INVALID_VALUE",
                "'valueString':5", "WRONG_ELEMENT_TYPE",
                "'valueBoolean':'true'", "WRONG_ELEMENT_TYPE",
                "'valueBoolean':false", FINE,
                "'valueInteger':5.5", "INVALID_VALUE",
                "'valueInteger':2147483648", "INVALID_VALUE",
                "'valueInteger':-2147483649", "INVALID_VALUE",
                "'valueInteger':100000000000", "INVALID_VALUE",
                "'valueInteger':1e3", "INVALID_VALUE",
                "'valueInteger':'5'", "WRONG_ELEMENT_TYPE",
                "'valueInteger':-2147483648", FINE,
                "'valueRange':{'low':{'value':1}}", FINE,
                "'valueSampledData':'x'", "WRONG_ELEMENT_TYPE"));
    }

    @Test
    void aTimeIsInTheFormatOfItsType() {
        checkObservation(pairs(
                "'effectiveDateTime':'2020-02-30'", "INVALID_VALUE",
                "'effectiveDateTime':2020", "WRONG_ELEMENT_TYPE",
                "'effectiveInstant':'2020-02-20'", "INVALID_VALUE",
                "'effectivePeriod':{'start':'2020','end':'soon'}", "INVALID_VALUE",
                "'effectivePeriod':{'start':'2020-02-20T10:00:00Z','end':'2020-02-20T10:00:00+01:00'}", "INVALID_VALUE",
                "'effectivePeriod':{'end':'2020-02-20T10:00:00Z','start':'2020-02-20T10:00:00.1Z'}", "INVALID_VALUE",
                "'effectivePeriod':{'start':'2020-02-20T10:00:00Z','end':'2020-02-20T11:00:00+01:00'}", FINE,
                "'effectivePeriod':{'start':'2020-02-20T10:00:00Z','end':'2020-02-19'}", FINE,
                "'effectivePeriod':{'start':'2020-02-20T10:00:00Z','end':'2020-02-18'}", "INVALID_VALUE",
                "'effectivePeriod':{'start':'2020-02-20','end':'2020-02-18T10:00:00Z'}", "INVALID_VALUE",
                "'effectivePeriod':{'start':'2020-02-20','end':'2020-02-19'}", "INVALID_VALUE",
                "'effectivePeriod':{'start':'2020-03','end':'2020-02-20'}", "INVALID_VALUE",
                "'effectivePeriod':{'start':'2021','end':'2020-12-31'}", "INVALID_VALUE",
                "'effectivePeriod':{'start':'2020-02-20','end':'2020-02'}", FINE,
                "'effectivePeriod':{'start':'2020-02-20','end':'2020'}", FINE,
                "'effectivePeriod':{'start':'2020-02-20','end':'2020-02-20'}", FINE,
                "'effectiveTiming':{'event':['2020','x']}", "INVALID_VALUE",
                "'effectiveTiming':{'event':'2020'}", "WRONG_ELEMENT_TYPE",
                "'effectiveTiming':{'repeat':{'frequency':1}}", FINE,
                "'effectiveTiming':{'event':[null,'2020'],'_event':[{'id':'x'},null]}", FINE,
                "'effectiveTiming':{'_event':[null,{'id':'x'},{'id':'y'}],'event':['2020',null,null]}", FINE,
                "'effectiveTiming':{'event':[null],'_event':[{'id':'x'}]}", FINE,
                "'effectiveTiming':{'event':[null,'2020'],'_event':[null,{'id':'x'}]}", "WRONG_ELEMENT_TYPE",
                "'effectiveTiming':{'event':['2020',null]}", "WRONG_ELEMENT_TYPE",
                "'effectiveTiming':{'event':[null],'_event':{'id':'x'}}", "WRONG_ELEMENT_TYPE",
                "'effectiveTiming':{'event':[null,'x'],'_event':[{'id':'x'}]}", "INVALID_VALUE",
                "'effectiveTiming':{'event':[null,5]}", "WRONG_ELEMENT_TYPE",
                "'effectiveDateTime':null", "WRONG_ELEMENT_TYPE",
                "'modifierExtension':[{'url':'u','valueBoolean':true}]", FINE,
                "'modifierExtension':{'url':'u','valueBoolean':true}", "WRONG_ELEMENT_TYPE",
                "'component':[{'code':{'text':'x'},'modifierExtension':['u']}]", "WRONG_ELEMENT_TYPE",
                "'issued':'2020-02-20'", "INVALID_VALUE",
                "'issued':'2020-02-20T10:00:00Z'", FINE));
    }

    @Test
    void aReferenceRangeIsNotEmpty() {
        checkObservation(pairs(
                "'referenceRange':[{'low':{'value':1}}]", FINE,
                "'referenceRange':[{'high':{'value':1}},{'text':'x'}]", FINE,
                "'referenceRange':[{'low':{'value':1}},{'appliesTo':[{'text':'x'}]}]", "OBS_3",
                "'referenceRange':[{'low':{}}]", "OBS_3",
                "'referenceRange':[{'_text':{'extension':[{'url':'u','valueCode':'unknown'}]}}]", FINE,
                "'referenceRange':[{'_text':{'id':'x'}}]", "OBS_3",
                "'referenceRange':[{'_text':'x'}]", "WRONG_ELEMENT_TYPE",
                "'component':[{'code':{'text':'x'},'referenceRange':[{}]}]", "OBS_3",
                "'referenceRange':{'low':{'value':1}}", "WRONG_ELEMENT_TYPE",
                "'referenceRange':[{'low':1}]", "WRONG_ELEMENT_TYPE"));
    }

    @Test
    void aValueIsNotAbsentAsWell() {
        checkObservation(pairs(
                "'dataAbsentReason':{'text':'x'}", FINE,
                "'dataAbsentReason':{'text':'x'},'valueString':'y'", "OBS_6",
                "'valueInteger':0,'dataAbsentReason':{'text':'x'}", "OBS_6",
                "'dataAbsentReason':{'text':'x'},'component':[{'code':{'text':'x'},'valueString':'y'}]", FINE,
                "'dataAbsentReason':'unknown'", "WRONG_ELEMENT_TYPE"));
    }

    @Test
    void aComponentDoesNotRepeatTheCodeOfTheTopValue() {
        String same = "{'system':'http://loinc.org','code':'2823-3'}";
        String shown = "{'system':'http://loinc.org','code':'2823-3','display':'Potassium'}";
        String other = "{'system':'http://loinc.org','code':'2951-2'}";
        checkObservation(pairs(
                "'valueString':'x'," + components(other, same),
                "OBS_7",
                components(same, other) + ",'valueString':'x'",
                "OBS_7",
                components(same, other),
                FINE,
                "'valueString':'x'," + components(other, other),
                FINE,
                "'valueString':'x'," + components(other, shown),
                "OBS_7",
                "'valueString':'x'," + components("{'code':'2823-3'}", "{'display':'x'}"),
                FINE,
                // However many codings the components before it have.
                "'valueString':'x'," + components((other + ",").repeat(Bounds.CODINGS - 1) + other, same),
                "OBS_7"));
    }

    private static String components(String first, String second) {
        return "'component':[{'code':{'coding':[" + first + "]}},{'code':{'coding':[" + second + "]}}]";
    }

    @Test
    void aWithdrawnObservationNeedsNoMoreThanAnyOther() {
        check(pairs(
                observation("").replace("final", "entered-in-error"),
                FINE,
                "{'resourceType':'Observation','status':'cancelled','code':{'text':'x'},'subject':{'reference':'Patient/1'}}",
                FINE));
    }

    @Test
    void aMedicationRequestNeedsStatusIntentMedicationAndPatient() {
        String valid = "{'resourceType':'MedicationRequest','status':'active','intent':'order',"
                + "'medicationCodeableConcept':{'text':'x'},'subject':{'reference':'Patient/1'}}";
        String concept = "'medicationCodeableConcept':{'text':'x'},";
        check(pairs(
                valid,
                "MEDICATION_REQUEST Patient/1",
                valid.replace("'status':'active',", ""),
                "MISSING_STATUS",
                valid.replace("active", "final"),
                "INVALID_STATUS",
                valid.replace("'intent':'order',", ""),
                "MISSING_INTENT",
                valid.replace("'order'", "'wish'"),
                "INVALID_INTENT",
                valid.replace(concept, ""),
                "MISSING_MEDICATION",
                valid.replace("{'text':'x'}", "{}"),
                "MISSING_MEDICATION",
                valid.replace(concept, concept + "'medicationReference':{'reference':'Medication/1'},"),
                "MULTIPLE_CHOICE",
                valid.replace(concept, "'medicationReference':{'reference':'Medication/1'},"),
                "MEDICATION_REQUEST Patient/1",
                valid.replace(concept, "'medicationReference':{'reference':'Medication 1'},"),
                "INVALID_REFERENCE",
                valid.replace(concept, "'medicationReference':{'reference':'#m'},"),
                "UNRESOLVABLE_REFERENCE",
                valid.replace(
                        concept,
                        "'contained':[{'resourceType':'Medication','id':'m'}],'medicationReference':{'reference':'#m'},"),
                "MEDICATION_REQUEST Patient/1",
                valid.replace("{'text':'x'}", "'x'"),
                "WRONG_ELEMENT_TYPE",
                valid.replace("'status'", "'authoredOn':'2020-02','status'"),
                "MEDICATION_REQUEST Patient/1",
                valid.replace("'status'", "'authoredOn':'20.2.2020','status'"),
                "INVALID_VALUE",
                valid.replace("'status'", "'authoredOn':{},'status'"),
                "WRONG_ELEMENT_TYPE",
                valid.replace(",'subject':{'reference':'Patient/1'}", ""),
                "MISSING_PATIENT"));
    }

    @Test
    void thePartsOfAnEncounterHaveTheirRequiredElements() {
        String encounter =
                "{'resourceType':'Encounter','status':'finished','class':{'code':'AMB'},'subject':{'reference':'Patient/1'},%s}";
        String fine = "ENCOUNTER Patient/1";
        String period = "'period':{'start':'2020-02-20T10:00:00Z'}";
        Reading.pairs(
                        period,
                        fine,
                        "'period':{'start':'2020-02-20T10:00:00Z','end':'2020-02-20T09:00:00Z'}",
                        "INVALID_VALUE",
                        "'period':{'start':'today'}",
                        "INVALID_VALUE",
                        "'period':[]",
                        "WRONG_ELEMENT_TYPE",
                        "'statusHistory':[{'status':'planned'," + period + "}]",
                        fine,
                        "'statusHistory':[{'status':'planned'," + period + "},{" + period + "}]",
                        "INVALID_VALUE",
                        "'statusHistory':[{'status':'begun'," + period + "}]",
                        "INVALID_VALUE",
                        "'statusHistory':[{'status':'planned'}]",
                        "INVALID_VALUE",
                        "'statusHistory':[{'status':'planned','period':{}}]",
                        "INVALID_VALUE",
                        "'statusHistory':[{'status':'planned','period':{'end':'soon'}}]",
                        "INVALID_VALUE",
                        "'statusHistory':{'status':'planned'}",
                        "WRONG_ELEMENT_TYPE",
                        "'location':[{'location':{'display':'Ward 3'},'status':'active'}]",
                        fine,
                        "'location':[{'status':'active'}]",
                        "INVALID_VALUE",
                        "'location':[{'location':{}}]",
                        "INVALID_VALUE",
                        "'location':[{'location':'Ward 3'}]",
                        "WRONG_ELEMENT_TYPE",
                        "'location':['Ward 3']",
                        "WRONG_ELEMENT_TYPE",
                        "'classHistory':[{}]",
                        fine)
                .forEach(pair -> assertThat(reading.verdict(encounter.replace("%s", pair[0])))
                        .as(pair[0])
                        .isEqualTo(pair[1]));
    }

    @Test
    void anEncounterNeedsStatusClassAndPatient() {
        String valid =
                "{'resourceType':'Encounter','status':'finished','class':{'code':'AMB'},'subject':{'reference':'Patient/1'}}";
        check(pairs(
                valid,
                "ENCOUNTER Patient/1",
                valid.replace("'status':'finished',", ""),
                "MISSING_STATUS",
                valid.replace("finished", "final"),
                "INVALID_STATUS",
                valid.replace("'class':{'code':'AMB'},", ""),
                "MISSING_CLASS",
                valid.replace("{'code':'AMB'}", "{}"),
                "MISSING_CLASS",
                valid.replace("{'code':'AMB'}", "{'display':'x'}"),
                "ENCOUNTER Patient/1",
                valid.replace("{'code':'AMB'}", "'AMB'"),
                "WRONG_ELEMENT_TYPE",
                valid.replace("Patient/1", "Group/1"),
                "SUBJECT_NOT_A_PATIENT",
                valid.replace(",'subject':{'reference':'Patient/1'}", ""),
                "MISSING_PATIENT"));
    }

    @Test
    void aMedicationKnowledgeIsKeyedByItsFirstCodeAndNeedsNoPatient() {
        String valid = "{'resourceType':'MedicationKnowledge','code':{'coding':[{'system':'urn:x','display':'x'},"
                + "{'code':'0069-2587-10','system':'http://hl7.org/fhir/sid/ndc'}]}}";
        String key = "MEDICATION_KNOWLEDGE http://hl7.org/fhir/sid/ndc|0069-2587-10";
        check(pairs(
                valid,
                key,
                valid.replace("'code':{", "'status':'active','code':{"),
                key,
                valid.replace("http://hl7.org/fhir/sid/ndc", "http://www.nlm.nih.gov/research/umls/rxnorm"),
                "MEDICATION_KNOWLEDGE 0069-2587-10",
                valid.replace(",'system':'http://hl7.org/fhir/sid/ndc'", ""),
                "MEDICATION_KNOWLEDGE |0069-2587-10",
                valid.replace("0069", "0".repeat(Bounds.TEXT_BYTES)),
                "INVALID_VALUE",
                valid.replace("'code':{", "'status':'final','code':{"),
                "INVALID_STATUS",
                valid.replace("'code':'0069", "'version':'0069"),
                "MISSING_CODE",
                "{'resourceType':'MedicationKnowledge','code':{'text':'x'}}",
                "MISSING_CODE",
                "{'resourceType':'MedicationKnowledge'}",
                "MISSING_CODE"));
    }

    @Test
    void aPatientIsNeverRejectedForItsContent() {
        check(pairs(
                "{'resourceType':'Patient','id':'7','birthDate':'1970-01-01'}", "ignored Patient Patient/7",
                "{'resourceType':'Patient','id':'7','birthDate':1970,'gender':'x'}", "ignored Patient Patient/7",
                "{'resourceType':'Patient','id':'a b'}", "ignored Patient",
                "{'resourceType':'Patient','id':7}", "ignored Patient",
                "{'resourceType':'Patient'}", "ignored Patient"));
    }
}
