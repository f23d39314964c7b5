package io.clinicalstreams.verifier.classify;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.classify.Expected.Rekeying;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Bundle is its resources; each is judged on its own. */
class BundleClassificationTest {

    private static final String ANNA = "Patient/anna";

    private final VerifiedTopics verified = MemoryTopics.verified();
    private final ExpectedResources resources = new ExpectedResources(verified);

    private List<Expected> in(String value) {
        int partition = verified.received().partitionOf(bytes(ANNA));
        return resources.in(
                new ConsumerRecord<>(verified.received().fullName(), partition, 7, bytes(ANNA), bytes(value)));
    }

    @Test
    void referencesWithinATransactionAreResolvedAndAllOtherBytesStay() {
        String observation = Samples.observation("urn:uuid:0")
                .replace("\"status\"", "\"focus\" : [ { \"reference\" : \"urn:uuid:2\" } ],\"status\"");
        String encounter = Samples.encounter("urn:uuid:0");

        List<Expected> expected = in(Samples.bundle("transaction", Samples.patient("anna"), observation, encounter));

        assertThat(expected).hasSize(3);
        assertThat(expected).extracting(each -> each.origin().index()).containsExactly(0, 1, 2);
        assertThat(expected.get(0).ignoredAs()).isEqualTo("Patient");
        assertThat(expected.get(1).isKeyedRightly(bytes(ANNA))).isTrue();
        assertThat(expected.get(1).rekeying()).isEqualTo(Rekeying.NO);
        String spliced = Samples.observation(ANNA)
                .replace("\"status\"", "\"focus\" : [ { \"reference\" : \"Encounter/e1\" } ],\"status\"");
        assertThat(expected.get(1).asRecorded().matches(bytes(spliced))).isTrue();
        assertThat(expected.get(1).asReceived().matches(bytes(observation))).isTrue();
        assertThat(expected.get(2).asRecorded().matches(bytes(Samples.encounter(ANNA))))
                .isTrue();
    }

    @Test
    void entriesAboutAnotherPatientAreReKeyed() {
        List<Expected> expected = in(Samples.bundle(
                "collection", Samples.observation(ANNA), Samples.observation("Patient/ben"), Samples.patient("ben")));

        assertThat(expected).extracting(Expected::rekeying).containsExactly(Rekeying.NO, Rekeying.YES, Rekeying.YES);
    }

    @Test
    void oneInvalidEntryAmongAHundredValidOnesIsRejectedAlone() {
        String[] entries = Collections.nCopies(101, Samples.observation(ANNA)).toArray(String[]::new);
        entries[40] = entries[40].replace("\"status\":\"final\",", "");

        List<Expected> expected = in(Samples.bundle("batch", entries));

        assertThat(expected).hasSize(101);
        assertThat(expected)
                .filteredOn(Expected::mustBeRejected)
                .singleElement()
                .satisfies(bad -> {
                    assertThat(bad.origin().index()).isEqualTo(40);
                    assertThat(bad.reasons()).containsExactly(Reason.MISSING_STATUS);
                    assertThat(bad.asReceived().matches(bytes(entries[40]))).isTrue();
                });
    }

    @Test
    void duplicateKeysAndHugeNumbersRejectTheirEntryOnly() {
        String good = Samples.observation(ANNA);

        List<Expected> expected = in(Samples.bundle(
                "message",
                good,
                good.replace("4.10", "1E+100000"),
                good.replace("\"id\"", "\"status\":\"final\",\"id\"")));

        assertThat(expected.get(0).mustBeRejected()).isFalse();
        assertThat(expected.get(1).reasons()).containsExactly(Reason.NUMBER_OUT_OF_RANGE);
        assertThat(expected.get(2).reasons()).containsExactly(Reason.DUPLICATE_KEY);
    }

    @Test
    void aReferenceToAMissingEntryRejectsItsEntry() {
        List<Expected> expected = in(Samples.bundle(
                "transaction",
                Samples.observation("urn:uuid:9"),
                Samples.observation(ANNA)
                        .replace("\"status\"", "\"encounter\":{\"reference\":\"urn:uuid:9\"},\"status\""),
                Samples.observation(ANNA)));

        assertThat(expected).extracting(Expected::mustBeRejected).containsExactly(true, true, false);
        assertThat(expected.get(0).reasons()).containsExactly(Reason.UNRESOLVABLE_REFERENCE);
        assertThat(expected.get(1).reasons()).containsExactly(Reason.UNRESOLVABLE_REFERENCE);
    }

    @Test
    void aPatientWithoutIdKeepsItsUrn() {
        List<Expected> expected =
                in(Samples.bundle("transaction", "{\"resourceType\":\"Patient\"}", Samples.observation("urn:uuid:0")));

        isOf("urn:uuid:0", expected.get(0));
        assertThat(expected.get(0).rekeying()).isEqualTo(Rekeying.YES);
        assertThat(expected.get(0)
                        .asRekeyed()
                        .matches(bytes(entries(entry("urn:uuid:0", "{\"resourceType\":\"Patient\"}")))))
                .isTrue();
        assertThat(expected.get(1).isKeyedRightly(bytes("urn:uuid:0"))).isTrue();
        assertThat(expected.get(1).asRecorded().matches(bytes(Samples.observation("urn:uuid:0"))))
                .isTrue();
    }

    private static String entries(String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private static String entry(String fullUrl, String resource) {
        return "{\"fullUrl\":\"" + fullUrl + "\",\"resource\":" + resource + "}";
    }

    @Test
    void relativeReferencesMeanTheEntrysServer() {
        String observation = Samples.observation("Patient\\/1")
                .replace("\"status\"", "\"encounter\" : { \"reference\" : \"Encounter/e1\" },\"status\"");

        List<Expected> expected = in(entries(
                entry("https://b.org/fhir/Observation/9/_history/2", observation),
                entry("urn:uuid:1", observation),
                "{\"resource\":" + observation + "}"));

        assertThat(expected).extracting(Expected::mustBeRejected).containsExactly(false, false, false);
        assertThat(expected.get(0).isKeyedRightly(bytes("https://b.org/fhir/Patient/1")))
                .isTrue();
        assertThat(expected.get(0)
                        .asRecorded()
                        .matches(bytes(observation
                                .replace("Patient\\/1", "https://b.org/fhir/Patient\\/1")
                                .replace("Encounter/e1", "https://b.org/fhir/Encounter/e1"))))
                .isTrue();
        for (Expected ours : expected.subList(1, 3)) {
            assertThat(ours.isKeyedRightly(bytes("Patient/1"))).isTrue();
            assertThat(ours.asRecorded().matches(bytes(observation))).isTrue();
        }
    }

    @Test
    void theServerOfABaseUrlIsOurs() {
        ExpectedResources ours = new ExpectedResources(
                MemoryTopics.verified(new FhirSettings(Set.of("https://b.org/fhir"), null, null)));
        byte[] bundle = bytes(entries(entry("https://b.org/fhir/Observation/9", Samples.observation(ANNA))));

        Expected expected = ours.in(new ConsumerRecord<>(verified.received().fullName(), 0, 7, null, bundle))
                .get(0);

        assertThat(expected.isKeyedRightly(bytes(ANNA))).isTrue();
        assertThat(expected.asRecorded().matches(bytes(Samples.observation(ANNA))))
                .isTrue();
    }

    @Test
    void inAnEntryWithoutAServerARelativeReferenceIsUnresolvable() {
        List<Expected> expected = in(entries(
                entry("https://b.org/fhir/observation/9", Samples.observation(ANNA)),
                entry("https://b.org/fhir/observation/9", Samples.observation("https://b.org/fhir/" + ANNA)),
                entry("https://b.org/fhir/patient/9", Samples.patient("anna"))));

        assertThat(expected).extracting(Expected::mustBeRejected).containsExactly(true, false, false);
        assertThat(expected.get(0).reasons()).contains(Reason.UNRESOLVABLE_REFERENCE);
        isOf("https://b.org/fhir/patient/9", expected.get(2));
    }

    @Test
    void aPatientOfAnotherServerIsSentOnWithItsFullUrl() {
        String entry = entry("https:\\/\\/b.org/Patient/anna", Samples.patient("anna"));

        Expected expected = in(entries(entry)).get(0);

        assertThat(expected.ignoredAs()).isEqualTo("Patient");
        assertThat(expected.rekeying()).isEqualTo(Rekeying.YES);
        assertThat(expected.isKeyedRightly(bytes("https://b.org/Patient/anna"))).isTrue();
        assertThat(expected.asRekeyed().matches(bytes(entries(entry)))).isTrue();
    }

    @Test
    void ourOwnPatientIsSentOnUnchanged() {
        String patient = Samples.patient("ben")
                .replace("\"id\"", "\"managingOrganization\":{\"reference\":\"urn:uuid:1\"},\"id\"");

        Expected expected = in(Samples.bundle(
                        "transaction", patient, "{\"resourceType\":\"Organization\",\"id\":\"o\"}"))
                .get(0);

        assertThat(expected.rekeying()).isEqualTo(Rekeying.YES);
        assertThat(expected.asRecorded().matches(bytes(patient))).isTrue();
    }

    @Test
    void aNameSharedByTwoResourcesResolvesToNeither() {
        String about = entry("urn:uuid:2", Samples.observation("urn:uuid:1"));
        String anna = entry("urn:uuid:1", Samples.patient("anna"));
        String nobody = entry("urn:uuid:1", "{\"resourceType\":\"Patient\"}");

        assertThat(in(entries(anna, anna, about)).get(2).mustBeRejected()).isFalse();
        assertThat(in(entries(anna, entry("urn:uuid:1", Samples.patient("ben")), about))
                        .get(2)
                        .reasons())
                .containsExactly(Reason.UNRESOLVABLE_REFERENCE);
        assertThat(in(entries(nobody, nobody, about)).get(2).reasons()).containsExactly(Reason.UNRESOLVABLE_REFERENCE);
        assertThat(in(entries(nobody, about)).get(1).mustBeRejected()).isFalse();
    }

    @Test
    void aFragmentAfterAUrnIsIgnored() {
        List<Expected> expected =
                in(Samples.bundle("transaction", Samples.patient("anna"), Samples.observation("urn:uuid:0#x")));

        assertThat(expected.get(1).isKeyedRightly(bytes(ANNA))).isTrue();
        assertThat(expected.get(1).asRecorded().matches(bytes(Samples.observation(ANNA))))
                .isTrue();
    }

    @Test
    void anEntryOfUnknownTypeIsNotAPatientAndKeepsItsUrn() {
        List<Expected> expected = in(Samples.bundle(
                "transaction",
                "{\"resourceType\":\"Telegram\",\"id\":\"t\"}",
                Samples.observation("urn:uuid:0"),
                Samples.observation(ANNA)
                        .replace("\"status\"", "\"focus\":[{\"reference\":\"urn:uuid:0\"}],\"status\"")));

        assertThat(expected.get(1).reasons()).containsExactly(Reason.SUBJECT_NOT_A_PATIENT);
        assertThat(expected.get(2)
                        .asRecorded()
                        .matches(bytes(Samples.observation(ANNA)
                                .replace("\"status\"", "\"focus\":[{\"reference\":\"urn:uuid:0\"}],\"status\""))))
                .isTrue();
    }

    @Test
    void tooManyEntriesRejectTheWholeBundle() {
        String[] most = Collections.nCopies(JsonBounds.ENTRIES, "{}").toArray(String[]::new);

        assertThat(in(entries(most))).hasSize(JsonBounds.ENTRIES);
        assertThat(in(entries(String.join(",", most), "{}"))).singleElement().satisfies(whole -> {
            assertThat(whole.mustBeRejected()).isTrue();
            assertThat(whole.reasons()).containsExactly(Reason.TOO_LARGE);
            assertThat(whole.origin().isEntry()).isFalse();
        });
    }

    @Test
    void referencesThatGrowTooMuchMayRejectTheirEntry() {
        String url = "https://b.org/" + "x".repeat(900) + "/Observation/9";
        String many = Samples.observation(ANNA)
                .replace("\"status\"", "\"focus\":[" + "{\"reference\":\"Flag/1\"},".repeat(50_000) + "{}],\"status\"");

        assertThat(in(entries(entry(url, many))).get(0).mayBeRejectedFor("TOO_LARGE"))
                .isTrue();
        assertThat(in(entries(entry("urn:uuid:1", many))).get(0).mayBeRejectedFor("TOO_LARGE"))
                .isFalse();
    }

    @Test
    void aSubjectThatIsAnotherEntrysGroupIsNotAPatient() {
        List<Expected> expected = in(Samples.bundle(
                "transaction", "{\"resourceType\":\"Group\",\"id\":\"g\"}", Samples.observation("urn:uuid:0")));

        assertThat(expected.get(1).reasons()).containsExactly(Reason.SUBJECT_NOT_A_PATIENT);
    }

    @Test
    void aBundleInABundleAndAnEntryWithoutResourceHaveTheirOwnNames() {
        String inner = Samples.bundle("batch", Samples.observation(ANNA));

        List<Expected> expected = in(Samples.bundle("batch", inner, Samples.observation(ANNA)));

        assertThat(expected.get(0).reasons()).containsExactly(Reason.NESTED_BUNDLE);
        assertThat(expected.get(1).mustBeRejected()).isFalse();
        assertThat(in("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"url\":\"x\"}}]}")
                        .get(0)
                        .ignoredAs())
                .isEqualTo("EntryWithoutResource");
    }

    private static String requested(String fullUrl, String resource, String request) {
        return entry(fullUrl, resource).replaceFirst("}$", ",\"request\":" + request.replace('\'', '"') + "}");
    }

    private static String nameless(String identifiers) {
        return "{\"resourceType\":\"Patient\"" + identifiers.replace('\'', '"') + "}";
    }

    private static void isOf(String patient, Expected expected) {
        assertThat(expected.mustBeRejected()).isFalse();
        assertThat(expected.isKeyedRightly(bytes(patient))).isTrue();
        assertThat(expected.isKeyedRightly(bytes("Patient/another"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'method':'POST','url':'Patient','ifNoneExist':'identifier=urn:m|5'}",
                "{'method':'POST','url':'Patient','ifNoneExist':'?identifier=urn%3Am%7C5'}",
                "{'method':'PUT','url':'Patient?identifier=urn:m|5'}",
                "{'method':'PUT','url':'/Patient?identifier=urn:m|5'}"
            })
    void aPatientByASearchHasTheKeyThatItNames(String request) {
        String patient = requested("urn:uuid:1", Samples.patient("thrown-away"), request);

        List<Expected> expected = in(entries(patient, entry("urn:uuid:2", Samples.observation("urn:uuid:1")), patient));

        expected.forEach(each -> isOf("urn:m|5", each));
        assertThat(expected.get(1).asRecorded().matches(bytes(Samples.observation("Patient?identifier=urn:m|5"))))
                .isTrue();
        assertThat(expected.get(0).asRekeyed().matches(bytes(entries(patient).replace("collection", "batch"))))
                .isTrue();
    }

    @Test
    void aSearchForSeveralPatientsIsNoKey() {
        String patient = requested("urn:uuid:1", Samples.patient("anna"), "{'method':'PUT','url':'Patient?name=x'}");

        in(entries(patient, entry("urn:uuid:2", Samples.observation("urn:uuid:1"))))
                .forEach(each -> isOf(ANNA, each));
    }

    @Test
    void aPutOfAnotherBaseIsOurs() {
        FhirSettings knowing = new FhirSettings(null, null, null, Set.of("https://known.org/fhir"));
        ExpectedResources with = new ExpectedResources(MemoryTopics.verified(knowing));
        String put = "{'method':'PUT','url':'Patient/anna'}";
        byte[] bundle = bytes(entries(
                requested("https://b.org/fhir/Patient/anna", Samples.patient("anna"), put),
                requested(
                        "https://b.org/fhir/Observation/o1",
                        Samples.observation("https://b.org/fhir/Patient/anna"),
                        put),
                requested("https://known.org/fhir/Observation/o1", Samples.observation(ANNA), put),
                requested(
                        "https://b.org/fhir/Observation/o1",
                        Samples.observation(ANNA),
                        "{'method':'POST','url':'Observation'}"),
                entry("https://b.org/fhir/Observation/o1", Samples.observation("Patient/other")),
                requested("https://known.org/fhir/ward/Observation/o1", Samples.observation(ANNA), put),
                requested("https://known.org/fhir/observation/o1", Samples.observation(ANNA), put),
                requested("https://known.org/fhir2/Observation/o1", Samples.observation(ANNA), put)));

        List<Expected> expected =
                with.in(new ConsumerRecord<>(verified.received().fullName(), 0, 7, null, bundle));

        isOf(ANNA, expected.get(0));
        isOf(ANNA, expected.get(1));
        isOf("https://known.org/fhir/Patient/anna", expected.get(2));
        isOf(ANNA, expected.get(3));
        isOf("https://b.org/fhir/Patient/other", expected.get(4));
        isOf("https://known.org/fhir/ward/Patient/anna", expected.get(5));
        assertThat(expected.get(6).reasons()).contains(Reason.UNRESOLVABLE_REFERENCE);
        isOf(ANNA, expected.get(7));
        assertThat(expected.get(1).asRecorded().matches(bytes(Samples.observation(ANNA))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'identifier':{'system':'urn:m','value':'5'}}",
                "{'reference':'Patient?identifier=urn:m|5'}",
                "{'reference':'urn:uuid:lost','identifier':{'system':'urn:m','value':'5'}}",
                "{'reference':'#lost','identifier':{'system':'urn:m','value':'5'}}"
            })
    void aSubjectByIdentifierIsThePatientOfTheBundle(String subject) {
        String about = Samples.observation("x").replace("{\"reference\":\"x\"}", subject.replace('\'', '"'));
        String identified = nameless(",'id':'anna','identifier':[{'value':'5'},{'system':'urn:m','value':'5'}]");

        List<Expected> joined = in(entries(entry("urn:uuid:2", about), entry("urn:uuid:1", identified)));
        Expected alone = in(entries(entry("urn:uuid:2", about))).get(0);

        joined.forEach(each -> isOf(ANNA, each));
        isOf("urn:m|5", alone);
        assertThat(alone.asRecorded().matches(bytes(about))).isTrue();
        assertThat(joined.get(0).asRecorded().matches(bytes(about))).isFalse();
    }

    @Test
    void tooManyIdentifiersOfPatientsRejectTheWholeBundle() {
        String[] all = new String[1_000];
        for (int patient = 0; patient < all.length; patient++) {
            StringBuilder identifiers = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                identifiers.append(i == 0 ? "" : ",").append("{'system':'a','value':'" + patient + "-" + i + "'}");
            }
            all[patient] = entry("urn:uuid:" + patient, nameless(",'identifier':[" + identifiers + "]"));
        }
        String another = entry("urn:uuid:x", nameless(",'identifier':[{'system':'a','value':'%s'}]"));

        assertThat(in(entries(String.join(",", all), another.formatted("0-0")))).hasSize(1_001);
        assertThat(in(entries(String.join(",", all), another.formatted("x"))))
                .singleElement()
                .satisfies(whole -> assertThat(whole.reasons()).containsExactly(Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"urn:uuid:1", "https://b.org/fhir/Patient/1", "https://b.org/odd"})
    void aPatientWithoutIdIsItsFirstIdentifier(String fullUrl) {
        String identified = nameless(",'identifier':[{'system':'urn:m','value':'5'},{'system':'urn:n','value':'6'}]");

        in(entries(entry(fullUrl, identified), entry("urn:uuid:2", Samples.observation(fullUrl))))
                .forEach(each -> isOf("urn:m|5", each));
    }

    @Test
    void aPatientWithTooManyIdentifiersIsRejectedAlone() {
        String patient = nameless(",'id':'anna','identifier':[%s{'system':'urn:m','value':'last'}]");
        String other = "{\"system\":\"urn:m\",\"value\":\"1\"},";
        String about = Samples.observation("Patient?identifier=urn:m|last");

        List<Expected> most =
                in(entries(entry("urn:uuid:1", patient.formatted(other.repeat(100 - 1))), entry("urn:uuid:2", about)));
        List<Expected> tooMany =
                in(entries(entry("urn:uuid:1", patient.formatted(other.repeat(100))), entry("urn:uuid:2", about)));

        most.forEach(each -> isOf(ANNA, each));
        assertThat(tooMany.get(0).reasons()).containsExactly(Reason.TOO_MANY_REPETITIONS);
        isOf("urn:m|last", tooMany.get(1));
        assertThat(in(patient.formatted(other.repeat(100))).get(0).mustBeRejected())
                .isTrue();
    }

    @Test
    void anObservationOfAnotherServerIsSentOnWithItsAddress() {
        String about = Samples.observation("Patient/1");
        byte[] bundle = bytes(entries(entry("https://b.org/Observation/o1", about)));
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(verified.received().fullName(), 0, 7, bytes(ANNA), bundle);

        assertThat(resources
                        .in(record)
                        .get(0)
                        .asRekeyed()
                        .matches(bytes("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"link\":[{"
                                + "\"relation\":\"self\",\"url\":\"https://b.org/Observation/o1\"}],\"resource\":"
                                + Samples.observation("https://b.org/Patient/1") + "}]}")))
                .isTrue();
        assertThat(resources.facts(record))
                .singleElement()
                .isInstanceOfSatisfying(Fact.Observed.class, observed -> assertThat(observed.identity())
                        .isEqualTo("https://b.org/Observation/o1"));
    }

    @Test
    void anObservationWithoutIdOfAnotherServerHasItsAddressAsIdentity() {
        String about = Samples.observation("Patient/1").replaceFirst("\"id\":\"[^\"]*\",", "");
        byte[] bundle = bytes(entries(
                entry("https://b.org/Observation/o1/_history/2", about), entry("https://b.org/Device/o1", about)));

        List<Fact> facts =
                resources.facts(new ConsumerRecord<>(verified.received().fullName(), 0, 7, bytes(ANNA), bundle));

        assertThat(facts)
                .extracting(fact -> ((Fact.Observed) fact).identity().equals("https://b.org/Observation/o1"))
                .containsExactly(true, false);
    }

    @Test
    void aUriThatIsAnEntrysUrnIsReplaced() {
        String about = Samples.observation(ANNA)
                .replace(
                        "\"status\"",
                        "\"extension\":[{\"url\":\"urn:uuid:9\",\"valueUrl\":\"urn:uuid:1\"}],\"status\"");

        Expected expected = in(entries(
                        entry("urn:uuid:0", about), entry("urn:uuid:1", "{\"resourceType\":\"Binary\",\"id\":\"b\"}")))
                .get(0);

        assertThat(expected.asRecorded().matches(bytes(about.replace("urn:uuid:1", "Binary/b"))))
                .isTrue();
    }
}
