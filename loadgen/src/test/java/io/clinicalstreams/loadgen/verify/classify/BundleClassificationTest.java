package io.clinicalstreams.loadgen.verify.classify;

import static io.clinicalstreams.loadgen.verify.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.verify.MemoryTopics;
import io.clinicalstreams.loadgen.verify.Samples;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A Bundle is its resources; each stands alone. */
class BundleClassificationTest {

    private static final String ANNA = "Patient/anna";

    private final Places places = MemoryTopics.places();
    private final ExpectedResources resources = new ExpectedResources(places, Set.of());

    private List<Expected> in(String value) {
        int partition = places.received().partitionOf(bytes(ANNA));
        return resources.in(
                new ConsumerRecord<>(places.received().fullName(), partition, 7, bytes(ANNA), bytes(value)));
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
    void entriesAboutSomebodyElseAreReKeyed() {
        List<Expected> expected = in(Samples.bundle(
                "collection", Samples.observation(ANNA), Samples.observation("Patient/ben"), Samples.patient("ben")));

        assertThat(expected).extracting(Expected::rekeying).containsExactly(Rekeying.NO, Rekeying.YES, Rekeying.YES);
    }

    @Test
    void oneBadEntryAmongAHundredGoodOnesIsRejectedAlone() {
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
    void aReferenceToNoEntryRejectsTheEntryThatHasIt() {
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

        assertThat(expected.get(0).rekeying()).isEqualTo(Rekeying.NO);
        assertThat(expected.get(1).isKeyedRightly(bytes("urn:uuid:0"))).isTrue();
        assertThat(expected.get(1).asRecorded().matches(bytes(Samples.observation("urn:uuid:0"))))
                .isTrue();
    }

    @Test
    void aSubjectThatIsAnotherEntrysGroupIsNoPatient() {
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
}
