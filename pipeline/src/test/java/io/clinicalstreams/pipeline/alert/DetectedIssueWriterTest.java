package io.clinicalstreams.pipeline.alert;

import static io.clinicalstreams.pipeline.domain.Cases.NOON;
import static io.clinicalstreams.pipeline.domain.Cases.UCUM;
import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.ObservationCase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;

class DetectedIssueWriterTest {

    private static final IParser STRICT =
            FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());

    private final DetectedIssueWriter writer = new DetectedIssueWriter("1.2.3");
    private final EvaluatedPatient patient = new EvaluatedPatient(new UcumConversion(), Cases.potassiumHigh());

    @Test
    void writesPatientFindingAndTimeAsFhirElements() {
        Alert alert = only(patient.reads(
                potassium("6.80").id("k1").effective(NOON.minusSeconds(60)).encounter("Encounter/7")));
        DetectedIssue issue = read(alert);
        assertThat(issue.getIdElement().getIdPart()).isEqualTo(alert.alertId());
        assertThat(issue.getMeta().getVersionId()).isEqualTo("1");
        assertThat(issue.getMeta().getLastUpdatedElement().getValueAsString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(issue.getMeta().getSecurity()).isEmpty();
        assertThat(issue.getIdentifierFirstRep().getValue()).isEqualTo(alert.alertId());
        assertThat(issue.getStatus()).isEqualTo(DetectedIssue.DetectedIssueStatus.FINAL);
        assertThat(issue.getSeverity()).isEqualTo(DetectedIssue.DetectedIssueSeverity.HIGH);
        assertThat(issue.getCode().getCodingFirstRep().getCode()).isEqualTo("critical-limit");
        assertThat(issue.getPatient().getReference()).isEqualTo("Patient/anna");
        assertThat(issue.getIdentifiedPeriod().getStartElement().getValueAsString())
                .isEqualTo("2026-03-01T11:59:00Z");
        assertThat(issue.getIdentifiedPeriod().hasEnd()).isFalse();
        assertThat(issue.getAuthor().getIdentifier().getValue()).isEqualTo("clinical-streams/1.2.3");
        assertThat(issue.getImplicated()).extracting(Reference::getReference).containsExactly("Observation/k1");
        assertThat(issue.getDetail())
                .contains("6.80 mmol/L")
                .contains(">=6.5 mmol/L")
                .contains("A source");
        assertThat(issue.getReference()).isEqualTo("https://example.org/source");
    }

    @Test
    void writesTheRestAsExtensions() {
        DetectedIssue issue = read(only(patient.reads(potassium(">6.80").encounter("Encounter/7"))));
        assertThat(text(issue, "rule")).isEqualTo("curated/potassium-high");
        assertThat(text(issue, "rule-version")).isEqualTo("v1");
        assertThat(text(issue, "transition")).isEqualTo("raised");
        assertThat(text(issue, "limit")).isEqualTo(">=6.5 mmol/L");
        assertThat(text(issue, "escalations")).isEqualTo("0");
        assertThat(text(issue, "suppressed")).isEqualTo("0");
        assertThat(((Reference) value(issue, "encounter")).getReference()).isEqualTo("Encounter/7");
        Quantity quantity = (Quantity) value(issue, "value");
        assertThat(quantity.getValueElement().getValueAsString()).isEqualTo("6.80");
        assertThat(quantity.getComparator()).isEqualTo(Quantity.QuantityComparator.GREATER_THAN);
        assertThat(quantity.getSystem()).isEqualTo(UCUM);
        assertThat(quantity.getCode()).isEqualTo("mmol/L");
    }

    @Test
    void countsAndNamesItsReadings() {
        patient.reads(potassium("6.1").id("a").effective(NOON));
        patient.reads(potassium("6.1").id("b").effective(NOON));
        patient.reads(potassium("6.9").id("c").effective(NOON));
        DetectedIssue issue = read(only(patient.reads(potassium("4.0").id("d").effective(NOON.plusSeconds(9)))));
        assertThat(issue.getStatus()).isEqualTo(DetectedIssue.DetectedIssueStatus.AMENDED);
        assertThat(issue.getMeta().getVersionId()).isEqualTo("3");
        assertThat(text(issue, "transition")).isEqualTo("resolved");
        assertThat(text(issue, "limit")).isEqualTo("<6.0 mmol/L");
        assertThat(text(issue, "escalations")).isEqualTo("1");
        assertThat(text(issue, "suppressed")).isEqualTo("1");
        assertThat(issue.getIdentifiedPeriod().getEndElement().getValueAsString())
                .isEqualTo("2026-03-01T12:00:09Z");
        assertThat(issue.getEvidence())
                .extracting(evidence ->
                        evidence.getCodeFirstRep().getCodingFirstRep().getCode()
                                + ' '
                                + evidence.getDetailFirstRep().getReference())
                .containsExactly("opening Observation/a", "latest Observation/d", "worst Observation/c");
    }

    @Test
    void showsWhyAnAlertEndedWithoutAReading() {
        patient.reads(potassium("6.9").effective(NOON.minusSeconds(60)));
        DetectedIssue issue = read(only(patient.after(Duration.ofDays(8)).reviewed()));
        assertThat(issue.getStatus()).isEqualTo(DetectedIssue.DetectedIssueStatus.AMENDED);
        assertThat(text(issue, "transition")).isEqualTo("ended");
        assertThat(text(issue, "end-reason")).isEqualTo("not-measured");
        assertThat(issue.getExtension())
                .noneMatch(extension -> extension.getUrl().endsWith("/limit"));
        assertThat(issue.getIdentifiedPeriod().getEndElement().getValueAsString())
                .isEqualTo("2026-03-08T12:00:00Z");
        assertThat(issue.getDetail())
                .startsWith("Title of curated/potassium-high ended: 6.9 mmol/L, end-reason not-measured. Source: ");
    }

    @Test
    void anAlertOfARemovedRuleNamesTheRuleById() {
        patient.reads(potassium("6.9"));
        DetectedIssue issue = read(only(patient.watchedBy(Cases.glucoseHigh()).reviewed()));
        assertThat(text(issue, "rule")).isEqualTo("curated/potassium-high");
        assertThat(issue.getCode().getText()).isEqualTo("curated/potassium-high");
        assertThat(issue.getCode().getCoding()).isEmpty();
        assertThat(issue.hasReference()).isFalse();
        assertThat(issue.getDetail())
                .isEqualTo("curated/potassium-high ended: 6.9 mmol/L, end-reason rule-removed."
                        + " Reference application, not a medical device.");
    }

    @Test
    void showsAFlagsAnalyteAndInterpretation() {
        EvaluatedPatient flags = new EvaluatedPatient(new UcumConversion(), Cases.laboratoryFlag());
        ObservationCase troponin =
                potassium("4.2").value("4.2", "ng/mL", null, null).codes("10839-9");
        DetectedIssue raised = read(only(flags.reads(troponin.interpreted("HH"))));
        assertThat(raised.getCode().getCodingFirstRep().getCode()).isEqualTo("laboratory-flag");
        assertThat(raised.getDetail())
                .startsWith("Critical by the laboratory raised: 10839-9, 4.2 ng/mL, interpretation HH. Source: ");
        assertThat(text(raised, "interpretation")).isEqualTo("HH");
        Coding analyte = (Coding) value(raised, "analyte");
        assertThat(analyte.getSystem()).isEqualTo("http://loinc.org");
        assertThat(analyte.getCode()).isEqualTo("10839-9");
        DetectedIssue resolved = read(only(flags.after(Duration.ofMinutes(1))
                .reads(troponin.id("k2").interpreted().quantity(null).text())));
        assertThat(resolved.getDetail()).contains("resolved: 10839-9, interpretation none. Source: ");
        assertThat(resolved.getExtension())
                .noneMatch(extension -> extension.getUrl().endsWith("/value"));
    }

    @Test
    void aValueWithoutAUnitIsShown() {
        EvaluatedPatient flags = new EvaluatedPatient(new UcumConversion(), Cases.laboratoryFlag());
        DetectedIssue issue = read(
                only(flags.reads(potassium("4.2").value("4.2", null, null, null).interpreted("HH"))));
        assertThat(((Quantity) value(issue, "value")).hasUnit()).isFalse();
        assertThat(issue.getDetail()).contains("raised: 2823-3, 4.2, interpretation HH.");
    }

    @Test
    void marksTestDataAndPreliminaryResults() {
        DetectedIssue issue =
                read(only(patient.reads(potassium("6.9").generated().preliminary())));
        assertThat(issue.getStatus()).isEqualTo(DetectedIssue.DetectedIssueStatus.PRELIMINARY);
        assertThat(issue.getMeta().getSecurityFirstRep().getCode()).isEqualTo("HTEST");
        DetectedIssue confirmed = read(only(patient.after(Duration.ofMinutes(1)).reads(potassium("6.9"))));
        assertThat(confirmed.getStatus()).isEqualTo(DetectedIssue.DetectedIssueStatus.FINAL);
        assertThat(confirmed.getMeta().getSecurityFirstRep().getCode()).isEqualTo("HTEST");
    }

    @Test
    void refersToObservationsWithoutIdByIdentifierOrOrigin() {
        DetectedIssue byIdentifier =
                read(only(patient.reads(potassium("6.1").id(null).identifier("urn:lab|77"))));
        assertThat(byIdentifier.getImplicatedFirstRep().getIdentifier().getSystem())
                .isEqualTo("urn:lab");
        assertThat(byIdentifier.getImplicatedFirstRep().getIdentifier().getValue())
                .isEqualTo("77");
        EvaluatedPatient another = new EvaluatedPatient(new UcumConversion(), Cases.potassiumHigh());
        DetectedIssue byOrigin = read(only(another.reads(potassium("6.1").id(null))));
        assertThat(byOrigin.getImplicatedFirstRep().getIdentifier().getValue()).isEqualTo("received/0/7");
    }

    @Test
    void writesHugeNumbersAsTheyWereReported() {
        Alert alert = only(patient.reads(new ObservationCase().value("1E+245", "mmol/L", null, null)));
        assertThat(new String(writer.write(alert), StandardCharsets.UTF_8)).contains("\"value\":1E+245,");
        Quantity quantity = (Quantity) value(read(alert), "value");
        assertThat(quantity.getValue()).isEqualByComparingTo("1E+245");
        assertThat(quantity.hasCode()).isFalse();
        assertThat(quantity.getUnit()).isEqualTo("mmol/L");
    }

    @Test
    void theSameAlertIsTheSameBytes() {
        Alert alert = only(patient.reads(potassium("6.9")));
        assertThat(writer.write(alert)).isEqualTo(new DetectedIssueWriter("1.2.3").write(alert));
    }

    private static Alert only(Evaluation evaluation) {
        assertThat(evaluation.alerts()).hasSize(1);
        return evaluation.alerts().get(0);
    }

    private DetectedIssue read(Alert alert) {
        String json = new String(writer.write(alert), StandardCharsets.UTF_8);
        return STRICT.parseResource(DetectedIssue.class, json);
    }

    private static Type value(DetectedIssue issue, String name) {
        return issue.getExtensionByUrl(DetectedIssueWriter.BASE + name).getValue();
    }

    private static String text(DetectedIssue issue, String name) {
        return value(issue, name).primitiveValue();
    }
}
