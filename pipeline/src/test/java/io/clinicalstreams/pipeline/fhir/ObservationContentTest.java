package io.clinicalstreams.pipeline.fhir;

import static io.clinicalstreams.pipeline.fhir.Reading.json;
import static io.clinicalstreams.pipeline.fhir.Reading.observation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.observation.Quantity;
import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.FhirSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of a resource that rules use. */
class ObservationContentTest {

    private static final Coding POTASSIUM = new Coding("http://loinc.org", "2823-3");

    private final Reading reading = new Reading();

    @Test
    void everyFieldIsTakenFromItsElement() {
        Observation observation =
                reading.content(observation("'id':'o1','identifier':[{'system':'s','value':'v'},{'value':'w'}],"
                        + "'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'HTEST'}]},"
                        + "'encounter':{'reference':'Encounter/e'},'effectiveDateTime':'2024-02-29T10:00:00.25+01:00',"
                        + "'issued':'2024-02-29T09:30:00Z','valueQuantity':{'comparator':'>=','value':6.50,'unit':'mmol/l',"
                        + "'system':'http://unitsofmeasure.org','code':'mmol/L'},"
                        + "'interpretation':[{'coding':[{'system':'i','code':'H'},{'code':'A'}]},{'coding':[{'system':'i','code':'HH'}]},"
                        + "{'text':'high'}],"
                        + "'component':[{'code':{'coding':[{'code':'a'},{'system':'b'},{'display':'c'}]},'valueString':'x',"
                        + "'interpretation':[{'coding':[{'system':'i','code':'LL'}]}]}]"));

        assertThat(observation)
                .isEqualTo(new Observation(
                        "o1",
                        "s|v",
                        null,
                        null,
                        ObservationStatus.FINAL,
                        "Patient/1",
                        "Encounter/e",
                        WrittenTime.at(Instant.parse("2024-02-29T09:00:00.250Z")),
                        Instant.parse("2024-02-29T09:30:00Z"),
                        true,
                        List.of(
                                new Measurement(
                                        List.of(POTASSIUM),
                                        new Quantity(
                                                ">=",
                                                new BigDecimal("6.50"),
                                                "mmol/l",
                                                "http://unitsofmeasure.org",
                                                "mmol/L"),
                                        false,
                                        List.of(new Coding("i", "H"), new Coding(null, "A"), new Coding("i", "HH")),
                                        false),
                                new Measurement(
                                        List.of(new Coding(null, "a"), new Coding("b", null)),
                                        null,
                                        true,
                                        List.of(new Coding("i", "LL")),
                                        false))));
    }

    @Test
    void nothingIsLeftOverFromTheObservationBefore() {
        reading.content(observation("'id':'o1','identifier':[{'value':'v'}],'issued':'2024-02-29T09:30:00Z',"
                + "'effectiveDateTime':'2024','encounter':{'reference':'Encounter/e'},'valueQuantity':{'value':1},"
                + "'component':[{'code':{'text':'x'}}],'interpretation':[{'coding':[{'code':'HH'}]}],'meta':{'security':[{'code':'HTEST',"
                + "'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason'}]}"));

        assertThat(reading.content(observation("")))
                .isEqualTo(new Observation(
                        null,
                        null,
                        null,
                        null,
                        ObservationStatus.FINAL,
                        "Patient/1",
                        null,
                        null,
                        null,
                        false,
                        List.of(new Measurement(List.of(POTASSIUM), null, false, List.of(), false))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:oid:2.16.840.1.113883.6.1",
                "http://loinc.org/",
                "https://loinc.org",
                "https://loinc.org/",
                "http://loinc.org"
            })
    void loincIsLoincHoweverItsSystemIsWritten(String system) {
        Observation observation = reading.content(observation("").replace("http://loinc.org", system));

        assertThat(observation.measurements().get(0).codings()).containsExactly(POTASSIUM);
    }

    @Test
    void otherSystemsAreNotLoinc() {
        for (String system :
                List.of("http://loinc.org/vs", "urn:oid:2.16.840.1.113883.6.10", "loinc", "http://snomed.info/sct")) {
            Observation observation = reading.content(observation("").replace("http://loinc.org", system));

            assertThat(observation.measurements().get(0).codings().get(0).system())
                    .isEqualTo(system);
        }
    }

    @Test
    void aModifierOfTheObservationHoldsForItsComponentsAndOneOfAComponentForItAlone() {
        String modifier = "'modifierExtension':[{'url':'http://lab.example/quality-control','valueBoolean':true}]";
        String parts = "'component':[{'code':{'text':'x'}},{'code':{'text':'y'}%s}]";

        assertThat(modified(parts.formatted("") + "," + modifier)).containsExactly(true, true, true);
        assertThat(modified(parts.formatted("," + modifier))).containsExactly(false, false, true);
        assertThat(modified(parts.formatted(""))).containsExactly(false, false, false);
        assertThat(modified("'extension':[{'url':'u','valueCode':'c'}]")).containsExactly(false);
    }

    private List<Boolean> modified(String elements) {
        return reading.content(observation(elements)).measurements().stream()
                .map(Measurement::isModified)
                .toList();
    }

    @Test
    void anEventThatHasOnlyExtensionsHasNoTime() {
        assertThat(effective("'effectiveTiming':{'event':[null,'2024-02-29T09:00:00Z'],'_event':[{'id':'x'}]}"))
                .isEqualTo(WrittenTime.at(Instant.parse("2024-02-29T09:00:00Z")));
        assertThat(effective("'effectiveTiming':{'event':[null],'_event':[{'id':'x'}]}"))
                .isNull();
    }

    private @Nullable WrittenTime effective(String element) {
        return reading.content(observation(element)).effective();
    }

    private static WrittenTime notToTheDay(String first, String last) {
        return new WrittenTime(Instant.parse(first), Instant.parse(last), false);
    }

    private static WrittenTime between(String first, String last) {
        return new WrittenTime(Instant.parse(first), Instant.parse(last));
    }

    @Test
    void aMomentIsNoLongerThanAMoment() {
        WrittenTime moment = between("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z");

        assertThat(effective("'effectiveInstant':'2024-01-01T00:00:00Z'")).isEqualTo(moment);
        assertThat(effective("'effectiveDateTime':'2024-01-01T01:00:00+01:00'")).isEqualTo(moment);
    }

    @Test
    void aPeriodIsAllOfItOrElseItsStart() {
        assertThat(effective("'effectivePeriod':{'start':'2024-01-01T00:00:00Z','end':'2024-01-02T00:00:00Z'}"))
                .isEqualTo(between("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"));
        assertThat(effective("'effectivePeriod':{'start':'2024-01-01','end':'2024-01-02'}"))
                .isEqualTo(between("2024-01-01T00:00:00Z", "2024-01-02T23:59:59.999999999Z"));
        assertThat(effective("'effectivePeriod':{'start':'2024-01-01T00:00:00Z'}"))
                .isEqualTo(between("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"));
        assertThat(effective("'effectivePeriod':{'end':'2024-01-02T00:00:00Z'}"))
                .isEqualTo(between("2024-01-02T00:00:00Z", "2024-01-02T00:00:00Z"));
        assertThat(effective("'effectivePeriod':{}")).isNull();
    }

    /** In the time zone of the sender, the date may not be over at that instant, so per-1 does not reject it. */
    @Test
    void aPeriodOfAnInstantAndAnEarlierDateIsItsEnd() {
        assertThat(effective("'effectivePeriod':{'start':'2024-01-03T00:00:00Z','end':'2024-01-02'}"))
                .isEqualTo(between("2024-01-02T00:00:00Z", "2024-01-02T23:59:59.999999999Z"));
    }

    @Test
    void aTimingIsTheLatestOfItsEventsInAnyOrder() {
        assertThat(effective("'effectiveTiming':{'event':['2024-01-03T00:00:00Z','2024-01-01T00:00:00Z']}"))
                .isEqualTo(between("2024-01-03T00:00:00Z", "2024-01-03T00:00:00Z"));
        assertThat(effective("'effectiveTiming':{'event':['2024-01-03T00:00:00Z','2024-01-03','2024-01-02']}"))
                .isEqualTo(between("2024-01-03T00:00:00Z", "2024-01-03T23:59:59.999999999Z"));
        assertThat(effective("'effectiveTiming':{'code':{'text':'BID'}}")).isNull();
    }

    @Test
    void aDateIsItsWholeDayInTheHospitalsZone() {
        Reading inBerlin = new Reading(new FhirSettings(Set.of(), ZoneId.of("Europe/Berlin"), null));

        assertThat(inBerlin.content(observation("'effectiveDateTime':'2024-03-31'"))
                        .effective())
                .isEqualTo(between("2024-03-30T23:00:00Z", "2024-03-31T21:59:59.999999999Z"));
        assertThat(inBerlin.content(observation("'effectiveDateTime':'2024-02'"))
                        .effective())
                .isEqualTo(notToTheDay("2024-01-31T23:00:00Z", "2024-02-29T22:59:59.999999999Z"));
        assertThat(inBerlin.content(observation("'effectiveDateTime':'2023'")).effective())
                .isEqualTo(notToTheDay("2022-12-31T23:00:00Z", "2023-12-31T22:59:59.999999999Z"));
    }

    @Test
    void numbersAreExactlyAsWritten() {
        for (String number : List.of(
                "0",
                "-0.0",
                "5.10",
                "176.35499866729558",
                "123456789012345678",
                "12345678901234567890.5",
                "1E+245",
                "-1.50e-3",
                "0.000000000000000000000000000001",
                "999999999999999999.9")) {
            Measurement own = reading.content(observation("'valueQuantity':{'value':" + number + "}"))
                    .measurements()
                    .get(0);

            assertThat(own.quantity())
                    .as(number)
                    .isEqualTo(new Quantity(null, new BigDecimal(number), null, null, null));
        }
    }

    @Test
    void textsAreUnescaped() {
        Observation observation = reading.content(
                observation("'id':'\\u0061.1','identifier':[{'value':'\\u0061\\/\\\\\\n\\t\\b\\f\\r\\ud83d\\ude00é'}],"
                        + "'valueQuantity':{'unit':'\\u00b5g'}"));

        assertThat(observation.id()).isEqualTo("a.1");
        assertThat(observation.identifier()).isEqualTo("|a/\\\n\t\b\f\r\uD83D\uDE00é");
        assertThat(observation.measurements().get(0).quantity()).isEqualTo(new Quantity(null, null, "µg", null, null));
    }

    @Test
    void testDataIsMarkedByCodeAndSystemTogether() {
        assertThat(reading.content(observation("'meta':{'security':[{'code':'HTEST'},{'system':"
                                + "'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'TREAT'}]}"))
                        .generated())
                .isFalse();
    }

    @Test
    void aContainedEncounterIsNotAReferenceForOthers() {
        assertThat(reading.content(observation(
                                "'encounter':{'reference':'#e'},'contained':[{'resourceType':'Encounter','id':'e'}]"))
                        .encounter())
                .isNull();
    }

    @Test
    void aPatientIsBornOnTheFirstPossibleDay() {
        assertThat(patient("'birthDate':'1970-05-17','gender':'female'"))
                .isEqualTo(new Patient(LocalDate.of(1970, 5, 17), "female"));
        assertThat(patient("'birthDate':'1970-05'")).isEqualTo(new Patient(LocalDate.of(1970, 5, 1), null));
        assertThat(patient("'birthDate':'1970','gender':'x'")).isEqualTo(new Patient(LocalDate.of(1970, 1, 1), null));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-02-03T00:00:00Z, 1970-02-03",
        "1970-02-03T00:00:00, 1970-02-03",
        "1970-02-30, 1970-02-01",
        "1970-2-3, 1970-01-01",
        "19700203, ",
        "3.2.1970, ",
        "unknown, "
    })
    void theReadableDatePartOfAnUnreadableBirthDateCounts(String written, @Nullable LocalDate read) {
        assertThat(patient("'birthDate':'" + written + "'")).isEqualTo(new Patient(read, true, null, PatientLink.NONE));
    }

    @Test
    void aBirthDateThatIsNoTextIsUnreadable() {
        assertThat(patient("'birthDate':1970")).isEqualTo(new Patient(null, true, null, PatientLink.NONE));
    }

    @Test
    void aVersionIsRead() {
        Observation observation = reading.content(
                observation("'meta':{'versionId':'17','lastUpdated':'2024-02-29T09:30:00.5Z','source':'x'}"));
        assertThat(observation.versionId()).isEqualTo(17);
        assertThat(observation.lastUpdated()).isEqualTo("2024-02-29T09:30:00.500Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'versionId':'W/1','lastUpdated':'2024-02-29'",
                "'versionId':'1234567890123456789','lastUpdated':'soon'",
                "'versionId':'','lastUpdated':''",
                "'versionId':7,'lastUpdated':7",
                "'versionId':'-1'"
            })
    void aVersionThatSaysNoOrderIsMissing(String meta) {
        Observation observation = reading.content(observation("'meta':{" + meta + "}"));
        assertThat(observation.versionId()).isNull();
        assertThat(observation.lastUpdated()).isNull();
    }

    private Patient patient(String more) {
        Finding finding = reading.one(json("{'resourceType':'Patient','id':'1'," + more + "}"));
        assertThat(finding).isInstanceOf(Finding.Ignored.class);
        Patient content = ((Finding.Ignored) finding).content();
        assertThat(content).isNotNull();
        return content;
    }
}
