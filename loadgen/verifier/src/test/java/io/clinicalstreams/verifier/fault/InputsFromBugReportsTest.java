package io.clinicalstreams.verifier.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/**
 * Kinds of input that users of FHIR systems reported as treated wrongly, each with its right outcome, through both lanes:
 * sent without a key, so that everything is re-keyed, and with a verdict that agrees. The names of patients are replaced
 * by their row's.
 */
class InputsFromBugReportsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UCUM = "'system':'http://unitsofmeasure.org','code':";
    private static final String NOW = "'effectiveDateTime':'2026-03-01T11:58:00Z',";
    private static final String EARLIER = "'effectiveDateTime':'2026-03-01T08:15:00Z',";
    private static final String HIGH = "'valueQuantity':{'value':165,'unit':'mmol/L'," + UCUM + "'mmol/L'}";
    private static final String CLEAR = HIGH.replace("165", "141");
    private static final String ME = "'reference':'Patient/P'";
    private static final String MRN = "'identifier':{'system':'urn:mrn','value':'P'}";
    private static final String CHILD = patient("'id':'P','birthDate':'2021-03-04'");
    private static final String NUMBERED = patient("'id':'P','birthDate':'2021-03-04','identifier':["
            + "{'system':'urn:ssn','value':'s-P'},{'system':'urn:mrn','value':'P'}]");
    private static final String RAISED = "sodium-high raised Patient/P Observation/a";

    /**
     * @param inputs in order
     * @param expected the alerts, what was rejected, and the reasons for which readings were not evaluated
     */
    private record Row(String kind, List<String> inputs, List<String> expected) {

        /** Those that can be told for each row. */
        List<String> own() {
            return expected.stream().filter(each -> !each.startsWith("not ")).toList();
        }
    }

    private final List<Row> rows = new ArrayList<>();

    private void row(String kind, String input, String... expected) {
        row(kind, List.of(input), expected);
    }

    private void row(String kind, List<String> inputs, String... expected) {
        rows.add(new Row(kind, inputs, List.of(expected)));
    }

    private static String sodium(String id, String subject, String time, String more) {
        return "{'resourceType':'Observation','id':'" + id + "','status':'final','code':{'coding':[{'system':"
                + "'http://loinc.org','code':'2951-2'}]},'subject':{" + subject + "}," + time + more + "}";
    }

    private static String sodium(String id, String subject) {
        return sodium(id, subject, NOW, HIGH);
    }

    private static String result(String code, String more) {
        return sodium("a", ME, NOW, more).replace("2951-2", code);
    }

    private static String patient(String more) {
        return "{'resourceType':'Patient'," + more + "}";
    }

    private static String entry(String fullUrl, String resource) {
        return "{'fullUrl':'" + fullUrl + "','resource':" + resource + "}";
    }

    private static String entry(String fullUrl, String resource, String request) {
        return "{'fullUrl':'" + fullUrl + "','resource':" + resource + ",'request':{" + request + "}}";
    }

    private static String bundle(String... resources) {
        return "{'resourceType':'Bundle','type':'transaction','entry':["
                + Stream.of(resources)
                        .map(each -> each.startsWith("{'resourceType'") ? "{'resource':" + each + "}" : each)
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private void whom() {
        row("a child stands last", bundle(sodium("a", ME), CHILD), "not age");
        row("a child stands between", bundle(sodium("a", ME), CHILD, sodium("b", ME)), "not age", "not age");
        row(
                "a child with a urn stands last",
                bundle(entry("urn:uuid:o", sodium("a", "'reference':'urn:uuid:p'")), entry("urn:uuid:p", CHILD)),
                "not age");
        for (String request : List.of(
                "'method':'POST','url':'Patient','ifNoneExist':'identifier=urn:mrn|P'",
                "'method':'PUT','url':'Patient?identifier=urn:mrn|P'",
                "'method':'PUT','url':'Patient?identifier=urn%3Amrn%7CP'")) {
            String adult = patient("'birthDate':'1950-01-01'");
            String one = bundle(
                    entry("urn:uuid:1", adult, request),
                    entry(
                            "urn:uuid:2",
                            sodium("a", "'reference':'urn:uuid:1'"),
                            "'method':'POST','url':'Observation'"));
            row(
                    "a conditional patient",
                    List.of(
                            one,
                            one.replace("urn:uuid:1", "urn:uuid:3")
                                    .replace("'id':'a'", "'id':'b'")
                                    .replace("165", "141")),
                    "sodium-high raised urn:mrn|P Observation/a",
                    "sodium-high resolved urn:mrn|P Observation/a Observation/b");
        }
        String put = entry("https://placeholder.example/fhir/Patient/P", CHILD, "'method':'PUT','url':'Patient/P'");
        row("the base of a PUT", List.of(bundle(put), sodium("a", ME)), "not age");
        row("the base of a PUT, in one Bundle", bundle(sodium("a", ME), put), "not age");
        row(
                "the base of a PUT, after an alert",
                List.of(sodium("a", ME), bundle(put.replace("2021", "1950")), sodium("b", ME, NOW, CLEAR)),
                RAISED,
                "sodium-high resolved Patient/P Observation/a Observation/b");
        row("a subject by identifier", bundle(NUMBERED, sodium("a", MRN)), "not age");
        row(
                "a subject by search",
                bundle(sodium("a", "'reference':'Patient?identifier=urn:mrn|P'"), NUMBERED),
                "not age");
        row("a subject by another identifier", bundle(NUMBERED.replace("2021", "1950"), sodium("a", MRN)), RAISED);
        for (String lost : List.of("urn:uuid:0", "#p", "Patient?name=x")) {
            row(
                    "a reference that leads nowhere, beside an identifier",
                    bundle(sodium("a", "'reference':'" + lost + "'," + MRN)),
                    "sodium-high raised urn:mrn|P Observation/a");
        }
        for (String server : List.of("https://b.example/fhir/", "https://b.example/r4/", "http://c.example/")) {
            row(
                    "evidence on another server",
                    bundle(
                            entry(server + "Patient/P", CHILD.replace("2021", "1950")),
                            entry(server + "Observation/a", sodium("a", ME))),
                    "sodium-high raised " + server + "Patient/P " + server + "Observation/a");
        }
    }

    private void when() {
        row("the newest comes first", List.of(sodium("n", ME, NOW, CLEAR), sodium("a", ME, EARLIER, HIGH)));
        row(
                "the newest comes first, and is critical",
                List.of(sodium("a", ME), sodium("b", ME, EARLIER, CLEAR)),
                RAISED);
        row(
                "the newest comes first, in one Bundle",
                bundle(sodium("n", ME, NOW, CLEAR), sodium("a", ME, EARLIER, HIGH)),
                RAISED,
                "sodium-high resolved Patient/P Observation/a Observation/n");
        row(
                "an adult turns out to be a child",
                List.of(sodium("a", ME), CHILD, sodium("b", ME, NOW, CLEAR)),
                RAISED,
                "sodium-high ended Patient/P Observation/a",
                "not age");
        row(
                "a birth date is corrected",
                List.of(CHILD.replace("2021", "1971"), sodium("a", ME), CHILD),
                RAISED,
                "sodium-high ended Patient/P Observation/a");
        row(
                "an adult turns out to be a child, in one Bundle",
                List.of(sodium("a", ME), bundle(sodium("b", ME, NOW, CLEAR), CHILD)),
                RAISED,
                "sodium-high ended Patient/P Observation/a",
                "not age");
        row("no time", sodium("a", ME, "", HIGH), "not time-unknown");
        row("a year", sodium("a", ME, "'effectiveDateTime':'2026',", HIGH), "not time-unknown");
        row("a month", sodium("a", ME, "'effectiveDateTime':'2026-03',", HIGH), "not time-unknown");
        String report = "{'resourceType':'DiagnosticReport','id':'r',%s'result':[{'reference':'urn:uuid:a'}]}";
        String undated = entry("urn:uuid:a", sodium("a", ME, "", HIGH));
        row(
                "an old report of an undated result",
                bundle(report.formatted("'effectiveDateTime':'2011-03-04T08:30:00+11:00',"), undated),
                "not stale");
        row("a report of an undated result", bundle(undated, report.formatted(NOW)), RAISED);
        row(
                "a report of a result with a year",
                bundle(
                        entry("urn:uuid:a", sodium("a", ME, "'effectiveDateTime':'2026',", HIGH)),
                        report.formatted("'issued':'2026-03-01T11:50:00Z',")),
                RAISED);
        row("a report without a time", bundle(undated, report.formatted("")), "not time-unknown");
        row(
                "a birth date with a time of day",
                List.of(CHILD.replace("-03-04", "-03-04T00:00:00"), sodium("a", ME)),
                "not birth-date-unreadable",
                "not age");
        row(
                "a birth date with a time of day and a zone",
                List.of(CHILD.replace("-03-04", "-03-04T10:00:00+02:00"), sodium("a", ME)),
                "not birth-date-unreadable",
                "not age");
        row(
                "a birth date on no day",
                List.of(CHILD.replace("-03-04", "-03-99"), sodium("a", ME)),
                "not birth-date-unreadable",
                "not age");
        row(
                "a birth date that begins with no year",
                List.of(CHILD.replace("2021-03-04", "04.03.2021"), sodium("a", ME)),
                "not birth-date-unreadable",
                RAISED);
    }

    private void what() {
        String modifier = "'modifierExtension':[{'url':'urn:x','valueBoolean':true}],";
        row("a modifier", sodium("a", ME, NOW, modifier + HIGH), "not modifier-extension");
        row(
                "a modifier of a component",
                sodium(
                        "a",
                        ME,
                        NOW,
                        "'component':[{" + modifier + HIGH + ",'code':{'coding':[{'code':'2823-3','system':"
                                + "'http://loinc.org'}]}}]"),
                "not no-value",
                "not modifier-extension");
        row("a modifier of a flagged result", result("10839-9", modifier + flagged("HH")), "not modifier-extension");
        row(
                "a null beside its extension",
                sodium(
                        "a",
                        ME,
                        "'effectiveTiming':{'event':[null,'2026-03-01T11:58:00Z'],"
                                + "'_event':[{'extension':[{'url':'urn:x','valueCode':'unknown'}]},null]},",
                        HIGH),
                RAISED);
        row(
                "a text with only an extension",
                sodium(
                        "a",
                        ME,
                        NOW,
                        "'referenceRange':[{'_text':{'extension':[{'url':'urn:x','valueCode':'x'}]}}]," + HIGH),
                RAISED);
        row(
                "a long narrative",
                sodium(
                        "a",
                        ME,
                        NOW,
                        "'text':{'status':'generated','div':'<div xmlns=\\\"http://www.w3." + "org/1999/xhtml\\\">"
                                + "n".repeat(1_050_000) + "</div>'}," + HIGH),
                RAISED);
        for (String unread : List.of(
                "'contained':[{'resourceType':'Foo','id':'p'}],",
                "'extension':[{'url':'urn:x','valueDate':'01.02.2026'}],",
                "'identifier':[{'use':'foo','value':'1'}],",
                "'text':{'status':'generated','div':'<p>x</div>'},")) {
            row(
                    "an unread element that is not R4's, at validation routed",
                    sodium("a", ME, NOW, unread + HIGH),
                    RAISED);
        }
        for (String period : List.of(
                "'start':'2026-05-10','end':'2026-05-09'",
                "'start':'2026-05','end':'2026-04-30'",
                "'start':'2026-05-10T12:00:00Z','end':'2026-05-08'")) {
            row("a period that is reversed", encounter(period), "rejected INVALID_VALUE");
        }
        row(
                "uris that are an entry's urn",
                bundle(
                        entry("urn:uuid:b", "{'resourceType':'Binary','id':'b-P'}"),
                        sodium(
                                "a",
                                ME,
                                NOW,
                                "'extension':[{'url':'urn:x','valueUrl':'urn:uuid:b'},{'url':'urn:y',"
                                        + "'valueUri':'urn:uuid:b'}],'contained':[{'resourceType':'DocumentReference','id':'c',"
                                        + "'content':[{'attachment':{'url':'urn:uuid:b'}}]}]," + HIGH)),
                RAISED);
        for (String odd : List.of(
                sodium("a", ME).replace("'2951-2'", "'2951  2'"),
                sodium("a", ME).replace("'2951-2'", "' 2951-2'"),
                sodium("a", ME).replace("'2951-2'", "''"))) {
            row("a code with odd blanks", odd, "rejected INVALID_VALUE");
        }
        for (String odd : List.of("{'id':'x'}", "['mmol/L']", "5")) {
            String unit = HIGH.replace("'code':'mmol/L'", "'code':" + odd);
            row("a unit's code that is no text", sodium("a", ME, NOW, unit), "rejected WRONG_ELEMENT_TYPE");
        }
        String order = "{'resourceType':'MedicationRequest','id':'m-P','status':'active','intent':'order','subject':{"
                + ME + "},'medicationReference':%s}";
        row("an order whose medication is only an id", order.formatted("{'id':'x'}"), "rejected MISSING_MEDICATION");
        row("an order of a medication by name", order.formatted("{'display':'x','id':'y'}"));
        row(
                "an order whose medication is only an id, as a concept",
                order.replace("Reference'", "CodeableConcept'").formatted("{'id':'x'}"),
                "rejected MISSING_MEDICATION");
        for (String flag : List.of("HH", "LL", "AA")) {
            row(
                    "a result that only the laboratory judges",
                    result("10839-9", flagged(flag)),
                    "laboratory-flag raised Patient/P Observation/a");
        }
        for (String unit : List.of(
                "'unit':'K/uL'," + UCUM + "'K/uL'",
                "'unit':'x10E3/uL'",
                "'unit':'G/L'," + UCUM + "'G/L'",
                "'unit':'Gpt/L'")) {
            row(
                    "cells in a laboratory's unit",
                    result("777-3", "'valueQuantity':{'value':12," + unit + "}"),
                    "platelets-low raised Patient/P Observation/a");
        }
    }

    private static String flagged(String flag) {
        return "'valueQuantity':{'value':4.2,'unit':'ng/mL'},'interpretation':[{'coding':[{'system':"
                + "'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation','code':'" + flag + "'}]}]";
    }

    private static String encounter(String period) {
        return "{'resourceType':'Encounter','id':'e-P','status':'in-progress','class':{'code':'AMB'},'subject':{" + ME
                + "},'period':{" + period + "}}";
    }

    @Test
    void eachHasItsRightOutcomeAndTheVerdictAgrees() {
        whom();
        when();
        what();
        List<Generated> input = new ArrayList<>();
        List<Integer> rowOfInput = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            for (String one : rows.get(i).inputs()) {
                input.add(generated(one.replace("P'", "row" + i + "'"), input.size()));
                rowOfInput.add(i);
            }
        }

        LanesInMemory lanes = LanesInMemory.run(input, null);

        assertThat(lanes.verdict().broken()).isEmpty();
        List<List<String>> outcomes =
                rows.stream().<List<String>>map(row -> new ArrayList<>()).toList();
        each(lanes, lanes.verified.alertsGenerated(), rowOfInput, (row, alert) -> outcomes.get(row)
                .add(alertOf(alert, row)));
        each(lanes, lanes.verified.rejected(), rowOfInput, (row, rejected) -> outcomes.get(row)
                .add("rejected " + header(rejected, HeaderNames.REASON)));
        for (int i = 0; i < rows.size(); i++) {
            assertThat(outcomes.get(i))
                    .as("%d: %s", i, rows.get(i).kind())
                    .isEqualTo(rows.get(i).own());
        }
        Map<String, Double> expected = rows.stream()
                .flatMap(row -> row.expected().stream())
                .filter(each -> each.startsWith("not "))
                .collect(Collectors.toMap(each -> each.substring(4), each -> 1.0, Double::sum, TreeMap::new));
        Map<String, Double> counted = lanes.registry.find("clinical.readings.not.evaluated").counters().stream()
                .filter(counter -> counter.count() > 0)
                .collect(Collectors.toMap(
                        counter -> Objects.requireNonNull(counter.getId().getTag("reason")),
                        Counter::count,
                        Double::sum,
                        TreeMap::new));
        assertThat(counted).isEqualTo(expected);
    }

    private static Generated generated(String json, int number) {
        Instant at = LanesInMemory.START.plusMillis(100L * number);
        return new Generated(
                new Outgoing(null, MemoryTopics.bytes(json.replace('\'', '"')), null, 1),
                at,
                Generated.Kind.BUNDLE,
                Generated.Keying.NO_KEY,
                false,
                null);
    }

    private interface OfRow {
        void take(int row, ConsumerRecord<byte[], byte[]> record);
    }

    private static void each(LanesInMemory lanes, VerifiedTopic topic, List<Integer> rowOfInput, OfRow taker) {
        lanes.topics.read(topic, Mark.BEGINNING, record -> {
            Coordinates origin = Objects.requireNonNull(new ClinicalHeaders(record.headers()).origin());
            taker.take(rowOfInput.get((int) origin.offset()), record);
        });
    }

    /** Rule, transition, patient and evidence. */
    private static String alertOf(ConsumerRecord<byte[], byte[]> alert, int row) {
        try {
            List<String> evidence = new ArrayList<>();
            for (JsonNode one : JSON.readTree(alert.value()).path("implicated")) {
                evidence.add(one.path("reference").asText());
            }
            String text = header(alert, HeaderNames.RULE).replace("curated/", "")
                    + ' '
                    + header(alert, HeaderNames.TRANSITION)
                    + ' '
                    + new String(alert.key(), StandardCharsets.UTF_8)
                    + ' '
                    + String.join(" ", evidence);
            return text.replace("row" + row, "P");
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
