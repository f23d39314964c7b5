package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncounterContentTest {

    private final Reading reading = Reading.withBase("https://ours.example/fhir");

    @Test
    void readsWhoIsInHospitalAndWhichVersionSaysSo() {
        assertThat(
                        content(
                                "'id':'e1','meta':{'versionId':'7','lastUpdated':'2026-03-01T10:00:00Z','security':[{'code':'HTEST',"
                                        + "'system':'http://terminology.hl7.org/CodeSystem/v3-ActReason'}]},'status':'in-progress',"
                                        + "'statusHistory':[{'status':'arrived','period':{'start':'2026-03-01'}}],'class':{'code':'IMP'}"))
                .isEqualTo(new Encounter("e1", true, true, 7L, Instant.parse("2026-03-01T10:00:00Z"), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMP", "ACUTE", "NONAC", "SS", "EMER", "OBSENC"})
    void aStayInHospitalAdmits(String kind) {
        assertThat(encounter("arrived", kind).admits()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AMB", "HH", "VR", "FLD", "PRENC", "imp", "local"})
    void anotherEncounterDoesNot(String kind) {
        assertThat(encounter("in-progress", kind).admits()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arrived", "triaged", "in-progress"})
    void thePatientIsThere(String status) {
        assertThat(encounter(status, "IMP").present()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"planned", "onleave", "finished", "cancelled", "entered-in-error"})
    void thePatientIsNotThere(String status) {
        assertThat(encounter(status, "IMP").present()).isFalse();
    }

    @Test
    void anUnknownStatusOrAMissingIdSaysNothing() {
        assertThat(content("'id':'e1','status':'unknown','class':{'code':'IMP'}"))
                .isNull();
        assertThat(content("'status':'in-progress','class':{'code':'IMP'}")).isNull();
    }

    @Test
    void nothingIsLeftOverFromTheEncounterBefore() {
        content("'id':'e1','meta':{'versionId':'7','lastUpdated':'2026-03-01T10:00:00Z'},'status':'arrived',"
                + "'class':{'code':'IMP'}");

        assertThat(content("'id':'e2','meta':{'versionId':'x'},'status':'finished','class':{'system':'s'}"))
                .isEqualTo(new Encounter("e2", false, false, null, null, false));
        assertThat(content("'status':'arrived','class':{'code':'IMP'}")).isNull();
    }

    @Test
    void anEncounterOnAnotherServerIsAnother() {
        Finding finding = reading.all("{'resourceType':'Bundle','type':'collection','entry':[{'fullUrl':"
                        + "'https://b.example/fhir/Encounter/e1','resource':{'resourceType':'Encounter','id':'e1',"
                        + "'status':'arrived','class':{'code':'IMP'},'subject':{'reference':'Patient/1'}}}]}")
                .get(0)
                .finding();

        Encounter there = Objects.requireNonNull(((Finding.Routed) finding).encounter());
        assertThat(there.id()).isEqualTo("https://b.example/fhir/Encounter/e1");
        assertThat(encounter("arrived", "IMP").id()).isEqualTo("e1");
        PatientState admitted = PatientState.EMPTY.with(there, Instant.EPOCH);
        assertThat(Objects.requireNonNull(admitted.admission()).reference()).isEqualTo(there.id());
    }

    private Encounter encounter(String status, String kind) {
        return Objects.requireNonNull(content("'id':'e1','status':'" + status + "','class':{'code':'" + kind + "'}"));
    }

    private @Nullable Encounter content(String elements) {
        Finding finding = reading.one(
                Reading.json("{'resourceType':'Encounter','subject':{'reference':'Patient/1'}," + elements + '}'));
        assertThat(finding).isInstanceOf(Finding.Routed.class);
        return ((Finding.Routed) finding).encounter();
    }
}
