package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneAgreementTest {

    private static final FhirSettings OURS =
            new FhirSettings(Set.of("https://a.example/fhir", "https://b.example"), ZoneId.of("Europe/Berlin"), null);

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final LaneAgreement alerting = new LaneAgreement(catalogue, catalogue.lane("alerting"));

    @Test
    void settingsThatMeanTheSameHaveOneFingerprint() {
        assertThat(LaneAgreement.fingerprint(OURS))
                .matches("[0-9a-f]{8}")
                .isEqualTo(LaneAgreement.fingerprint(new FhirSettings(
                        Set.of("https://b.example/", "https://a.example/fhir/"), ZoneId.of("Europe/Berlin"), null)));
        assertThat(LaneAgreement.fingerprint(new FhirSettings(null, ZoneId.of("Etc/UTC"), null)))
                .isEqualTo(LaneAgreement.fingerprint(FhirSettings.DEFAULT));
    }

    @Test
    void anotherBaseUrlOrZoneHasAnotherFingerprint() {
        assertThat(List.of(
                        OURS,
                        new FhirSettings(OURS.baseUrls(), null, null),
                        new FhirSettings(Set.of("https://a.example/fhir"), OURS.zone(), null),
                        new FhirSettings(Set.of("https://a.example/fhir", "https://c.example"), OURS.zone(), null),
                        new FhirSettings(OURS.baseUrls(), OURS.zone(), Validation.FULL),
                        FhirSettings.DEFAULT))
                .extracting(LaneAgreement::fingerprint)
                .doesNotHaveDuplicates();
    }

    @Test
    void agreesWithMembersThatReadFhirAlike() {
        String recording = new LaneAgreement(catalogue, catalogue.lane("recording")).memberId("ward-1");

        assertThat(alerting.disagrees(List.of())).isFalse();
        assertThat(alerting.disagrees(List.of(member(recording + "-1"), member(recording + "-12"))))
                .isFalse();
    }

    @Test
    void disagreesWithOneMemberOfOtherOrUnknownSettings() {
        String fingerprint = LaneAgreement.fingerprint(FhirSettings.DEFAULT);

        assertThat(alerting.disagrees(List.of(
                        member("ward-1-recording-" + fingerprint + "-1"),
                        member("ward-2-recording-" + LaneAgreement.fingerprint(OURS) + "-1"))))
                .isTrue();
        assertThat(alerting.disagrees(List.of(member("ward-1-recording-1")))).isTrue();
        assertThat(alerting.disagrees(List.of(member(fingerprint + "-recording-1"))))
                .as("an instance id that looks like one")
                .isTrue();
        assertThat(alerting.disagrees(List.of(member(null)))).isTrue();
    }

    private static MemberDescription member(@Nullable String instanceId) {
        return new MemberDescription(
                "member",
                Optional.ofNullable(instanceId),
                Optional.empty(),
                "client",
                "host",
                new MemberAssignment(Set.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
