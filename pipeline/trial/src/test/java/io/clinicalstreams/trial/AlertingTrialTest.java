package io.clinicalstreams.trial;

import static io.clinicalstreams.trial.TrialInput.bytes;
import static io.clinicalstreams.trial.TrialInput.potassium;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.ledger.Accounting;
import io.clinicalstreams.topics.wire.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertingTrialTest {

    private static final byte[] CHILD =
            bytes("{\"resourceType\":\"Patient\",\"id\":\"1\",\"birthDate\":\"2020-01-01\"}");

    @Test
    void givesTheSameEachTime() {
        List<byte[]> documents = TrialInput.documents(TrialInput.generated(3_000));

        TrialInput.Result once = TrialInput.evaluate(documents);

        assertThat(TrialInput.evaluate(documents)).isEqualTo(once);
        assertThat(once.alerts()).isNotEmpty();
    }

    @Test
    void doesNotDependOnHowPatientsAreInterleaved() {
        List<byte[]> documents = new ArrayList<>();
        for (int hour = 10; hour < 20; hour++) {
            for (int patient = 1; patient <= 3; patient++) {
                String value = hour % 4 == patient ? "6.7" : "4.1";
                documents.add(potassium(
                        "k-" + patient + '-' + hour,
                        "" + patient,
                        value,
                        "2026-03-0" + patient + "T" + hour + ":00:00Z"));
            }
        }
        List<byte[]> oneAfterTheOther = new ArrayList<>(documents);
        oneAfterTheOther.sort(
                Comparator.comparing(document -> TrialInput.text(document).replaceAll(".*(Patient/.).*", "$1")));

        Map<String, List<String>> alerts = TrialInput.evaluate(documents).alerts();

        assertThat(alerts)
                .hasSize(3)
                .isEqualTo(TrialInput.evaluate(oneAfterTheOther).alerts());
    }

    @Test
    void accountsForEveryResource() {
        TrialInput.Result result = TrialInput.evaluate(List.of(
                CHILD,
                potassium("k1", "1", "6.8", "2026-03-01T10:00:00Z"),
                potassium("k2", "2", "6.8", "2026-03-01T10:00:00Z"),
                potassium("k3", "2", "6.8", "2026-02-01T10:00:00Z"),
                potassium("k4", "2", "6.8", "2027-06-01T10:00:00Z"),
                bytes("{\"resourceType\":\"Observation\"}"),
                bytes("{}"),
                bytes("not JSON")));

        TrialSummary summary = result.summary();
        assertThat(summary.isAccounted()).isTrue();
        assertThat(summary.resources()).isEqualTo(8);
        assertThat(summary.patients()).isEqualTo(2);
        assertThat(summary.counts().get(Accounting.EVALUATED)).isEqualTo(Map.of("Observation", 4L));
        assertThat(summary.counts().get(Accounting.LEARNED)).isEqualTo(Map.of("Patient", 1L));
        assertThat(summary.counts().get(Accounting.NOT_EVALUATED))
                .containsEntry("age", 1L)
                .containsEntry("stale", 1L)
                .containsEntry("future", 1L);
        assertThat(summary.rejected().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(3);
        assertThat(summary.rejected()).containsKeys(Reason.NOT_JSON, Reason.MISSING_STATUS);
        assertThat(summary.withoutFinding()).isZero();
    }

    @Test
    void aPatientBeforeItsReadingsIsKnownWhenTheyCome() {
        assertThat(TrialInput.evaluate(List.of(CHILD, potassium("k1", "1", "6.8", "2026-03-01T10:00:00Z")))
                        .alerts())
                .isEmpty();
    }

    @Test
    void theEntriesOfABundleAreTakenPatientsFirstAndThenByDate() {
        byte[] high = potassium("k1", "1", "6.8", "2026-03-01T10:00:00Z");
        byte[] normal = potassium("k2", "1", "4.0", "2026-03-01T11:00:00Z");

        List<String> apart = TrialInput.evaluate(List.of(high, normal)).alerts().get("Patient/1");
        List<String> newestFirst =
                TrialInput.evaluate(List.of(bundle(normal, high))).alerts().get("Patient/1");

        assertThat(apart).hasSize(2);
        assertThat(newestFirst).isEqualTo(apart);
        assertThat(TrialInput.evaluate(List.of(bundle(high, CHILD))).alerts()).isEmpty();
    }

    private static byte[] bundle(byte[] first, byte[] second) {
        return bytes("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
                + TrialInput.text(first) + "},{\"resource\":" + TrialInput.text(second) + "}]}");
    }
}
