package io.clinicalstreams.pipeline.fhir;

import static io.clinicalstreams.pipeline.fhir.Reading.json;
import static io.clinicalstreams.pipeline.fhir.Reading.observation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Coding;
import io.clinicalstreams.pipeline.domain.Measurement;
import io.clinicalstreams.pipeline.domain.Observation;
import io.clinicalstreams.pipeline.domain.ObservationStatus;
import io.clinicalstreams.pipeline.domain.Patient;
import io.clinicalstreams.pipeline.domain.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the rules get to see of a resource. */
class ObservationContentTest {

    private static final Coding POTASSIUM = new Coding("http://loinc.org", "2823-3");

    private final Reading reading = new Reading();

    @Test
    void everyFieldIsTakenFromItsElement() {
        Observation observation = reading.content(
                observation(
                        "'id':'o1','identifier':[{'system':'s','value':'v'},{'value':'w'}],"
                                + "'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason','code':'HTEST'}]},"
                                + "'encounter':{'reference':'Encounter/e'},'effectiveDateTime':'2024-02-29T10:00:00.25+01:00',"
                                + "'issued':'2024-02-29T09:30:00Z','valueQuantity':{'comparator':'>=','value':6.50,'unit':'mmol/l',"
                                + "'system':'http://unitsofmeasure.org','code':'mmol/L'},"
                                + "'component':[{'code':{'coding':[{'code':'a'},{'system':'b'},{'display':'c'}]},'valueString':'x'}]"));

        assertThat(observation)
                .isEqualTo(new Observation(
                        "o1",
                        "s|v",
                        ObservationStatus.FINAL,
                        "Patient/1",
                        "Encounter/e",
                        Instant.parse("2024-02-29T09:00:00.250Z"),
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
                                                "mmol/L")),
                                new Measurement(List.of(new Coding(null, "a"), new Coding("b", null)), null))));
    }

    @Test
    void nothingIsLeftOverFromTheObservationBefore() {
        reading.content(observation("'id':'o1','identifier':[{'value':'v'}],'issued':'2024-02-29T09:30:00Z',"
                + "'effectiveDateTime':'2024','encounter':{'reference':'Encounter/e'},'valueQuantity':{'value':1},"
                + "'component':[{'code':{'text':'x'}}],'meta':{'security':[{'code':'HTEST',"
                + "'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason'}]}"));

        assertThat(reading.content(observation("")))
                .isEqualTo(new Observation(
                        null,
                        null,
                        ObservationStatus.FINAL,
                        "Patient/1",
                        null,
                        null,
                        null,
                        false,
                        List.of(new Measurement(List.of(POTASSIUM), null))));
    }

    @Test
    void aPeriodMeansItsEndOrElseItsStartAndATimingItsLastEvent() {
        assertThat(reading.content(observation(
                                "'effectivePeriod':{'start':'2024-01-01T00:00:00Z','end':'2024-01-02T00:00:00Z'}"))
                        .effective())
                .isEqualTo("2024-01-02T00:00:00Z");
        assertThat(reading.content(observation("'effectivePeriod':{'start':'2024-01-01T00:00:00Z'}"))
                        .effective())
                .isEqualTo("2024-01-01T00:00:00Z");
        assertThat(reading.content(observation("'effectiveInstant':'2024-01-01T00:00:00Z'"))
                        .effective())
                .isEqualTo("2024-01-01T00:00:00Z");
        assertThat(reading.content(observation(
                                "'effectiveTiming':{'event':['2024-01-01T00:00:00Z','2024-01-03T00:00:00Z']}"))
                        .effective())
                .isEqualTo("2024-01-03T00:00:00Z");
        assertThat(reading.content(observation("'effectiveTiming':{'code':{'text':'BID'}}"))
                        .effective())
                .isNull();
    }

    @Test
    void aDateEndsWithItsDayInTheHospitalsZone() {
        Reading inBerlin = new Reading(new ReaderSettings(Set.of(), ZoneId.of("Europe/Berlin")));

        assertThat(inBerlin.content(observation("'effectiveDateTime':'2024-03-31'"))
                        .effective())
                .isEqualTo("2024-03-31T21:59:59.999999999Z");
        assertThat(inBerlin.content(observation("'effectiveDateTime':'2024-02'"))
                        .effective())
                .isEqualTo("2024-02-29T22:59:59.999999999Z");
        assertThat(inBerlin.content(observation("'effectiveDateTime':'2023'")).effective())
                .isEqualTo("2023-12-31T22:59:59.999999999Z");
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
                observation("'id':'\\u0061\\/\\\\\\n\\t\\b\\f\\r\\ud83d\\ude00é','valueQuantity':{'unit':'\\u00b5g'}"));

        assertThat(observation.id()).isEqualTo("a/\\\n\t\b\f\r\uD83D\uDE00é");
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
    void aContainedEncounterIsNoReferenceForOthers() {
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
        assertThat(patient("'birthDate':'1970-02-30'")).isEqualTo(new Patient(null, null));
        assertThat(patient("'birthDate':'1970-02-03T00:00:00Z'")).isEqualTo(new Patient(null, null));
    }

    private Patient patient(String more) {
        Finding finding = reading.one(json("{'resourceType':'Patient','id':'1'," + more + "}"));
        assertThat(finding).isInstanceOf(Finding.Ignored.class);
        Patient content = ((Finding.Ignored) finding).content();
        assertThat(content).isNotNull();
        return content;
    }
}
