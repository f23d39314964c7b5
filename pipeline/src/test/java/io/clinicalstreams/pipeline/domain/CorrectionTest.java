package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.NOON;
import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Later versions of an Observation: corrections, withdrawals, duplicates. */
class CorrectionTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration COOL_DOWN = Duration.ofHours(1);

    private final EvaluatedPatient patient = EvaluatedPatient.watching(Cases.potassiumHigh());

    private static ObservationCase at(String id, String value, int minute) {
        return potassium(value).id(id).effective(NOON.plus(MINUTE.multipliedBy(minute)));
    }

    private ObservationCase corrected(String id, String value, int minute) {
        return at(id, value, minute).status(ObservationStatus.CORRECTED);
    }

    private ObservationCase withdrawn(String id) {
        return potassium("6.9").id(id).status(ObservationStatus.ENTERED_IN_ERROR);
    }

    @Test
    void aCorrectedValueRevisesItsAlert() {
        patient.reads(at("a", "6.8", 0));

        Evaluation revised = patient.after(MINUTE).reads(corrected("a", "6.1", 0));
        assertThat(told(revised)).containsExactly("REVISED MODERATE 2");
        Alert alert = revised.alerts().get(0);
        assertThat(alert.criterion()).isEqualTo(">=6.0 mmol/L");
        assertThat(alert.reading().amount())
                .isEqualTo(patient.episode().opening().amount());
        assertThat(patient.episode().worst().amount())
                .isEqualTo(patient.episode().opening().amount());
        assertThat(patient.state().episodes()).hasSize(1);
    }

    @Test
    void aCorrectionThatLeavesNothingRetractsTheAlert() {
        patient.reads(at("a", "6.8", 0));

        Evaluation retracted = patient.after(MINUTE).reads(corrected("a", "4.8", 0));
        assertThat(told(retracted)).containsExactly("RETRACTED HIGH 2");
        assertThat(retracted.alerts().get(0).criterion()).isEqualTo("corrected");
        assertThat(patient.episode().isOpen()).isFalse();
    }

    @Test
    void aCorrectionToALevelRaises() {
        patient.reads(at("a", "4.8", 0));

        assertThat(told(patient.after(MINUTE).reads(corrected("a", "6.8", 0)))).containsExactly("RAISED HIGH 1");
    }

    @Test
    void aCorrectionOfWhatANewerReadingAnsweredRaisesNothing() {
        patient.reads(at("a", "4.8", 0));
        patient.after(MINUTE).reads(at("b", "4.9", 1));

        assertThat(told(patient.after(MINUTE).reads(corrected("a", "6.8", 0)))).isEmpty();
    }

    @Test
    void aRevisionThatIsWorseThanTheLastPageIsAPage() {
        patient.reads(at("a", "6.1", 0));
        patient.after(MINUTE).reads(corrected("a", "6.9", 0));
        assertThat(patient.episode().lastNotifiedAt()).isEqualTo(patient.now());

        patient.after(MINUTE).reads(corrected("a", "6.2", 0).version(3));
        assertThat(patient.episode().lastNotifiedAt()).isEqualTo(patient.now().minus(MINUTE));
    }

    @Test
    void aCorrectedEndReopensTheAlert() {
        String id = patient.reads(at("a", "6.8", 0)).alerts().get(0).alertId();
        patient.after(MINUTE).reads(at("b", "4.8", 1));

        Evaluation reopened = patient.after(COOL_DOWN).reads(corrected("b", "6.6", 1));
        assertThat(told(reopened)).containsExactly("REOPENED HIGH 3");
        assertThat(reopened.alerts().get(0).alertId()).isEqualTo(id);
    }

    @Test
    void aCorrectedLatestReadingResolvesTheAlert() {
        patient.reads(at("a", "6.8", 0));
        patient.after(MINUTE).reads(at("b", "6.8", 1));

        Evaluation resolved = patient.after(MINUTE).reads(corrected("b", "4.8", 1));
        assertThat(told(resolved)).containsExactly("RESOLVED HIGH 2");
        assertThat(resolved.alerts().get(0).criterion()).isEqualTo("<6.0 mmol/L");
    }

    @Test
    void aCorrectionOfAnEndedAlertRevisesOrRetractsIt() {
        patient.reads(at("a", "6.8", 0));
        patient.after(MINUTE).reads(at("b", "4.8", 1));

        assertThat(told(patient.after(MINUTE).reads(corrected("a", "6.9", 0)))).containsExactly("REVISED HIGH 3");
        assertThat(patient.episode().isOpen()).isFalse();
        assertThat(told(patient.after(MINUTE).reads(corrected("a", "5.0", 0).version(9))))
                .containsExactly("RETRACTED HIGH 4");
    }

    @Test
    void aCorrectionKeepsItsPlaceAmongReadingsOfTheSameTime() {
        patient.reads(at("a", "6.9", 0));
        patient.after(MINUTE).reads(at("b", "4.0", 0));

        assertThat(told(patient.after(MINUTE).reads(corrected("a", "6.8", 0)))).containsExactly("REVISED HIGH 3");
        assertThat(patient.episode().isOpen()).isFalse();
    }

    @Test
    void aCorrectedTimeMovesTheReading() {
        patient.reads(at("a", "6.8", 0));
        patient.after(MINUTE.multipliedBy(5)).reads(at("b", "4.8", 5));

        assertThat(told(patient.after(MINUTE.multipliedBy(5)).reads(corrected("b", "4.8", -5))))
                .containsExactly("RECURRED HIGH 3");
    }

    @ParameterizedTest
    @EnumSource(names = {"ENTERED_IN_ERROR", "CANCELLED"})
    void aWithdrawalRetractsWhatTheReadingCaused(ObservationStatus status) {
        patient.reads(at("a", "6.8", 0));

        Evaluation retracted =
                patient.after(MINUTE).reads(potassium("6.8").status(status).id("a"));
        assertThat(told(retracted)).containsExactly("RETRACTED HIGH 2", "not withdrawn");
        assertThat(retracted.alerts().get(0).criterionName()).isEqualTo("end-reason");
        assertThat(retracted.alerts().get(0).criterion()).isEqualTo("withdrawn");
    }

    @Test
    void aWithdrawalWithoutAnyContentIsOne() {
        patient.reads(at("a", "6.8", 0));

        assertThat(told(patient.after(MINUTE)
                        .reads(withdrawn("a").codes().quantity(null).undated())))
                .containsExactly("RETRACTED HIGH 2", "not withdrawn");
    }

    @Test
    void anAlertGoesOnWithItsOtherReadings() {
        patient.reads(at("a", "6.9", 0));
        patient.after(MINUTE).reads(at("b", "6.2", 1));

        assertThat(told(patient.after(MINUTE).reads(withdrawn("a"))))
                .containsExactly("REVISED MODERATE 3", "not withdrawn");
        Episode episode = patient.episode();
        assertThat(episode.opening().observation().text()).isEqualTo("b");
        assertThat(episode.worst().observation().text()).isEqualTo("b");
    }

    @Test
    void aWithdrawnAnswerReopensTheAlert() {
        patient.reads(at("a", "6.9", 0));
        patient.after(MINUTE).reads(at("b", "4.2", 1));

        assertThat(told(patient.after(MINUTE).reads(withdrawn("b"))))
                .containsExactly("RECURRED HIGH 3", "not withdrawn");
    }

    @Test
    void aWithdrawnObservationDoesNotComeBackToLife() {
        assertThat(told(patient.reads(withdrawn("a")))).containsExactly("not withdrawn");

        assertThat(told(patient.after(MINUTE).reads(at("a", "6.9", 0)))).containsExactly("not withdrawn");
        assertThat(patient.state().episodes()).isEmpty();
    }

    @Test
    void aLaterVersionReinstatesIt() {
        patient.reads(at("a", "6.9", 0).version(1));
        patient.after(MINUTE).reads(withdrawn("a").version(2));
        assertThat(told(patient.after(MINUTE).reads(at("a", "6.9", 0).version(1))))
                .containsExactly("not withdrawn");

        assertThat(told(patient.after(MINUTE).reads(at("a", "6.9", 0).version(3))))
                .containsExactly("REOPENED HIGH 3");
        assertThat(patient.state().withdrawals()).isEmpty();
    }

    @Test
    void theLatestOfSeveralWithdrawalsCounts() {
        patient.reads(withdrawn("a").version(1));
        patient.reads(withdrawn("a").version(3));

        assertThat(told(patient.reads(at("a", "6.9", 0).version(2)))).containsExactly("not withdrawn");

        patient.reads(withdrawn("b"));
        patient.reads(withdrawn("b").version(2));
        assertThat(told(patient.reads(at("b", "6.9", 0).version(2)))).containsExactly("not withdrawn");
        assertThat(told(patient.reads(at("b", "6.9", 0).version(3)))).containsExactly("RAISED HIGH 1");
    }

    @Test
    void anAlertWhoseOpeningReadingChangedIsOpenedAgainByTheOneThatGaveItItsId() {
        patient.reads(at("a", "6.9", 0).version(1));
        patient.after(MINUTE).reads(at("b", "6.8", 1));
        patient.after(MINUTE).reads(corrected("a", "4.1", 0).version(2));
        assertThat(patient.episode().opening().observation().text()).isEqualTo("b");
        patient.after(MINUTE).reads(withdrawn("a").version(3));
        patient.after(MINUTE).reads(withdrawn("b"));

        assertThat(told(patient.after(MINUTE.multipliedBy(2))
                        .reads(at("a", "6.9", 5).version(4))))
                .containsExactly("REOPENED HIGH 4");
        assertThat(patient.episode().opening().observation().text()).isEqualTo("a");
    }

    @Test
    void aWithdrawalThatALaterVersionRevokedIsSuperseded() {
        patient.reads(at("a", "6.9", 0).version(3));

        assertThat(told(patient.after(MINUTE).reads(withdrawn("a").version(2))))
                .containsExactly("suppressed superseded");
        assertThat(patient.episode().isOpen()).isTrue();
    }

    @Test
    void anEarlierVersionDoesNotCountAfterOneWithoutAUsableResult() {
        for (ObservationCase unusable : List.of(
                at("a", "6.9", 0).status(ObservationStatus.REGISTERED),
                at("a", "6.9", 0).status(ObservationStatus.UNKNOWN),
                corrected("a", "6.9", 0).modified(),
                new ObservationCase().id("a").effective(NOON),
                potassium("6.9").id("a").effective(NOON.plus(Duration.ofDays(1))))) {
            EvaluatedPatient another = EvaluatedPatient.watching(Cases.potassiumHigh());
            another.reads(at("a", "6.9", 0).version(1));
            assertThat(told(another.after(MINUTE).reads(unusable.version(2)))).contains("RETRACTED HIGH 2");

            assertThat(told(another.after(MINUTE).reads(at("a", "6.9", 0).version(1))))
                    .containsExactly("suppressed superseded");
            another.after(MINUTE).reads(unusable.version(4));
            assertThat(told(another.after(MINUTE).reads(at("a", "6.9", 0).version(3))))
                    .containsExactly("suppressed superseded");
            assertThat(told(another.after(MINUTE).reads(at("a", "6.9", 0).version(5))))
                    .containsExactly("REOPENED HIGH 3");
            assertThat(another.state().withdrawals()).isEmpty();
        }
    }

    @Test
    void aVersionWithoutAUsableResultCanBeWithdrawn() {
        patient.reads(at("a", "6.9", 0).version(1));
        patient.after(MINUTE)
                .reads(at("a", "6.9", 0).status(ObservationStatus.REGISTERED).version(2));
        assertThat(told(patient.after(MINUTE).reads(withdrawn("a").version(1))))
                .containsExactly("suppressed superseded");

        assertThat(told(patient.after(MINUTE).reads(withdrawn("a").version(3)))).containsExactly("not withdrawn");
        assertThat(told(patient.after(MINUTE).reads(at("a", "6.9", 0).version(3))))
                .containsExactly("not withdrawn");
        assertThat(patient.state().withdrawals()).hasSize(1);
    }

    @Test
    void aFindingAfterARetractionIsAnotherAlertAndAPage() {
        String id = patient.reads(at("a", "6.9", 0)).alerts().get(0).alertId();
        patient.after(MINUTE).reads(withdrawn("a"));

        Evaluation raised = patient.after(MINUTE).reads(at("b", "6.9", 2));
        assertThat(told(raised)).containsExactly("RAISED HIGH 1");
        assertThat(raised.alerts().get(0).alertId()).isNotEqualTo(id);
    }

    @Test
    void theSameAgainIsADuplicate() {
        patient.reads(at("a", "6.9", 0));
        PatientState once = patient.state();

        Evaluation again = patient.after(COOL_DOWN.multipliedBy(2)).reads(at("a", "6.9", 0));
        assertThat(told(again)).containsExactly("suppressed duplicate");
        assertThat(again.state()).isSameAs(once);
    }

    @Test
    void theOrderOfVersionsIsTheirNumberElseWhenTheyWereUpdatedElseIssued() {
        patient.reads(corrected("a", "4.1", 0).version(10));
        assertThat(told(patient.reads(at("a", "6.9", 0).version(9)))).containsExactly("suppressed superseded");

        patient.reads(corrected("b", "4.1", 0).lastUpdated(NOON));
        assertThat(told(patient.reads(at("b", "6.9", 0).lastUpdated(NOON.minusMillis(1)))))
                .containsExactly("suppressed superseded");

        patient.reads(corrected("c", "4.1", 0).issued(NOON));
        assertThat(told(patient.reads(at("c", "6.9", 0).issued(NOON.minusMillis(1)))))
                .containsExactly("suppressed superseded");
        assertThat(told(patient.reads(at("c", "6.9", 0)))).as("else by arrival").containsExactly("RAISED HIGH 1");
    }

    @Test
    void anUnchangedAlertIsNotSentAgain() {
        patient.reads(at("a", "6.9", 0));
        patient.after(MINUTE).reads(at("b", "6.8", 1));

        assertThat(told(patient.after(MINUTE).reads(at("b", "6.8", 1).status(ObservationStatus.AMENDED))))
                .containsExactly("suppressed unchanged");
    }

    @Test
    void aCorrectionIsNotStaleIfTheFirstVersionWasNot() {
        patient.reads(at("a", "6.9", 0));

        assertThat(told(patient.after(Duration.ofDays(3)).reads(corrected("a", "4.8", 0))))
                .containsExactly("RETRACTED HIGH 2");
    }

    @Test
    void aCorrectionRaisesNothingThatIsStaleByNow() {
        patient.reads(at("a", "4.9", 0));

        assertThat(told(patient.after(Duration.ofDays(3)).reads(corrected("a", "6.8", 0))))
                .isEmpty();
    }

    @Test
    void onlyTheAnalyteThatIsCorrectedIsJudgedAgain() {
        EvaluatedPatient both = EvaluatedPatient.watching(Cases.potassiumHigh(), Cases.glucoseHigh());
        both.reads(potassium("6.8").id("p").effective(NOON).component("14749-6", "30"));

        assertThat(told(both.after(MINUTE)
                        .reads(potassium("6.8")
                                .id("p")
                                .effective(NOON)
                                .status(ObservationStatus.CORRECTED)
                                .component("14749-6", "10"))))
                .containsExactly("RETRACTED HIGH 2", "suppressed unchanged");
    }

    @Test
    void theOldestOfTooManyWithdrawalsIsForgottenAndCounted() {
        for (int i = 0; i < PatientState.MOST_WITHDRAWALS; i++) {
            assertThat(told(patient.reads(withdrawn("k" + i)))).containsExactly("not withdrawn");
        }
        assertThat(told(patient.reads(withdrawn("one-more"))))
                .containsExactlyInAnyOrder("not withdrawn", "not withdrawal-forgotten");
        assertThat(told(patient.reads(at("k0", "6.9", 0)))).containsExactly("RAISED HIGH 1");
        assertThat(told(patient.reads(at("k1", "6.9", 0)))).containsExactly("not withdrawn");
    }

    @Test
    void withdrawalsAreForgottenAMonthLater() {
        patient.reads(withdrawn("a"));
        patient.after(Duration.ofDays(31)).reads(withdrawn("b"));

        assertThat(patient.state().withdrawals()).hasSize(1);
    }
}
