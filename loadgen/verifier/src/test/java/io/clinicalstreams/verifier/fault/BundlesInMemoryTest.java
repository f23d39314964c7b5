package io.clinicalstreams.verifier.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.source.MemoryTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The real lanes and the verifier agree about the patients, references and evidence of Bundles: entries that name their
 * resources by fullUrl, request, link, id or identifier, and subjects that name them in each of these ways.
 */
class BundlesInMemoryTest {

    private static final int BUNDLES = 1_500;

    private static final List<String> SERVERS =
            List.of("https://b.example/fhir/", "https://c.example/", "https://d.example/odd/x_", "", "urn:uuid:");
    private static final List<String> REQUESTS = List.of(
            "",
            "",
            ",'request':{'method':'POST','url':'Patient','ifNoneExist':'identifier=urn:mrn|%1$d'}",
            ",'request':{'method':'PUT','url':'Patient?identifier=urn:mrn|%1$d'}",
            ",'request':{'method':'PUT','url':'/Patient?identifier=urn:mrn|%1$d'}",
            ",'request':{'method':'POST','url':'Patient'}",
            ",'request':{'method':'PUT','url':'Patient/p%1$d'}",
            ",'request':{'method':'POST','url':'Patient','ifNoneExist':'name=x'}");
    private static final List<String> IDS = List.of("", "'id':'p%1$d',", "'id':'p%1$d',");
    private static final List<String> IDENTIFIERS = List.of(
            "",
            "'identifier':[{'system':'urn:mrn','value':'%1$d'}],",
            "'identifier':[{'value':'x'},{'system':'urn:ssn','value':'1 \\u00e4 %1$d'},{'system':'urn:mrn','value':'%1$d'}],");
    private static final List<String> SUBJECTS = List.of(
            "'reference':'%2$sPatient/p%1$d'",
            "'reference':'Patient/p%1$d'",
            "'reference':'urn:uuid:Patient/p%1$d'",
            "'reference':'Patient?identifier=urn:mrn%%7C%1$d'",
            "'identifier':{'system':'urn:ssn','value':'1 \\u00e4 %1$d'}",
            "'identifier':{'system':'urn:mrn','value':'%1$d'}",
            "'reference':'urn:uuid:lost','identifier':{'system':'urn:mrn','value':'%1$d'}",
            "'reference':'#lost','identifier':{'system':'urn:ssn','value':'1 \\u00e4 %1$d'}",
            "'reference':'urn:uuid:lost'");
    private static final List<String> ADDITIONS = List.of(
            "",
            "'performer':[{'reference':'urn:uuid:Patient/p%1$d'},{'reference':'%2$sPatient/p%1$d#x'}],",
            "'performer':[{'reference':'urn:uuid:lost','identifier':{'value':'4'}}],",
            "'extension':[{'url':'urn:x','valueUrl':'urn:uuid:Patient/p%1$d'},{'url':'urn:y','valueUri':'urn:uuid:Patient/p%1$d#x'}],",
            "'referenceRange':[{'_text':{'extension':[{'url':'urn:x','valueCode':'unknown'}]}}],");

    private static final List<String> TIMES = List.of(
            "'effectiveDateTime':'%3$s',",
            "'effectiveDateTime':'%3$s',",
            "'effectiveDateTime':'%3$s',",
            "",
            "",
            "'effectiveDateTime':'2026',",
            "'issued':'%3$s',",
            "'effectivePeriod':{'start':'2026-03'},");
    private static final List<String> REPORT_TIMES = List.of(
            "'issued':'%3$s',",
            "'effectiveDateTime':'%3$s',",
            "'effectiveDateTime':'2026-03-01',",
            "'effectiveDateTime':'2026','issued':'%3$s',",
            "'effectivePeriod':{'start':'2026-02-27','end':'%3$s'},",
            "'effectiveTiming':{'event':['2020-01-01','%3$s']},",
            "");

    private final Random random = new Random(20_261_127);

    @Test
    void theVerifierExpectsWhatTheLanesDo() {
        List<Generated> input = new ArrayList<>();
        for (int i = 0; i < BUNDLES; i++) {
            Instant at = LanesInMemory.START.plusMillis(100L * i);
            input.add(generated(null, bundle(i, at), at));
        }

        RunVerdict verdict = LanesInMemory.run(input, null).verdict();

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.resources().rekeyed()).isGreaterThan(BUNDLES);
        assertThat(verdict.resources().rejected()).containsKey("UNRESOLVABLE_REFERENCE");
        assertThat(verdict.alerts().raised()).isGreaterThan(100);
    }

    private static Generated generated(byte @Nullable [] key, String value, Instant at) {
        byte[] bytes = MemoryTopics.bytes(value.replace('\'', '"'));
        return new Generated(
                new Outgoing(key, bytes, null, 1), at, Generated.Kind.BUNDLE, Generated.Keying.NO_KEY, false, null);
    }

    private String bundle(int number, Instant at) {
        int patient = number % 50;
        String server = one(SERVERS);
        StringBuilder entries = new StringBuilder();
        int patients = random.nextInt(3);
        for (int i = 0; i < patients; i++) {
            entries.append(patient(patient, server)).append(',');
        }
        for (int i = 0; i < 2; i++) {
            entries.append(i == 0 ? "" : ",").append(observation(patient, number + "-" + i, server, at));
        }
        int reports = random.nextInt(3);
        for (int i = 0; i < reports; i++) {
            entries.append(',').append(report(number + "-" + random.nextInt(2), server, at));
        }
        return "{'resourceType':'Bundle','type':'transaction','entry':[" + entries + "]}";
    }

    private String patient(int patient, String server) {
        String born = patient % 2 == 0 ? "1960-01-01" : "2024-05-01";
        return entry(
                        server,
                        "Patient/p%1$d",
                        one(REQUESTS),
                        "{'resourceType':'Patient'," + one(IDS) + one(IDENTIFIERS) + "'birthDate':'" + born + "'}")
                .formatted(patient, server);
    }

    private String report(String number, String server, Instant at) {
        List<String> results = List.of(server + "Observation/o" + number, "Observation/o" + number, "Observation/lost");
        String resource = "{'resourceType':'DiagnosticReport'," + one(REPORT_TIMES) + "'result':[{'reference':'"
                + one(results) + "'}]}";
        return entry(server, "DiagnosticReport/r" + number, "", resource).formatted(0, server, at.minusSeconds(20));
    }

    private String observation(int patient, String number, String server, Instant at) {
        String value = random.nextInt(2) == 0 ? "6.9" : "4.1";
        String id = random.nextInt(5) == 0 ? "" : "'id':'o" + number + "',";
        String resource = "{'resourceType':'Observation'," + id + one(ADDITIONS)
                + "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'2823-3'}]},"
                + "'subject':{" + one(SUBJECTS) + "}," + one(TIMES) + "'valueQuantity':{'value':" + value
                + ",'unit':'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}}";
        String request = random.nextInt(3) == 0 ? ",'request':{'method':'PUT','url':'Observation/o'}" : "";
        return entry(random.nextInt(4) == 0 ? one(SERVERS) : server, "Observation/o" + number, request, resource)
                .formatted(patient, server, at);
    }

    private String entry(String server, String address, String request, String resource) {
        if (!server.isEmpty()) {
            return "{'fullUrl':'" + server + address + "','resource':" + resource + request + "}";
        }
        String link =
                random.nextInt(3) == 0 ? "'link':[{'relation':'self','url':'" + one(SERVERS) + address + "'}]," : "";
        return "{" + link + "'resource':" + resource + request + "}";
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
