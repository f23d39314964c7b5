package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.junit.jupiter.api.Test;

/** The instance validator, which evaluates the specification's own expressions, is the oracle for the invariants. */
class InvariantsTest {

    private static final List<String> INVARIANTS = List.of("obs-3", "obs-6", "obs-7");

    private final Reading reading = new Reading();

    @Test
    void theInvariantsOfAnObservationAreBrokenIfTheInstanceValidatorAgrees() {
        FhirContext context = FhirContext.forR4Cached();
        FhirValidator validator = context.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context))));

        String code = "'code':{'coding':[{'system':'http://loinc.org','code':'2823-3'}]}";
        String unsystematic = code.replace("'system':'http://loinc.org',", "");
        String shown = code.replace("'2823-3'", "'2823-3','display':'Potassium [Moles/volume] in Serum or Plasma'");
        String absent = "'dataAbsentReason':{'text':'x'}";
        for (String more : List.of(
                "",
                absent,
                "'valueString':'x'",
                absent + ",'valueString':'x'",
                absent + ",'valueBoolean':false",
                "'valueInteger':0,'component':[{" + code + "}]",
                "'component':[{" + code + ",'valueInteger':0}]",
                "'valueInteger':0,'component':[{" + shown + "}]",
                "'valueInteger':0,'component':[{" + code.replace("2823-3", "2951-2") + "}]",
                "'valueInteger':0,'component':[{" + unsystematic + "}]",
                "'valueInteger':0,'component':[{" + code.replace("'2823-3'", "'2823-3','version':'2.7'") + "}]",
                "'valueInteger':0,'component':[{" + code.replace("'2823-3'", "'2823-3','userSelected':true") + "}]",
                "'valueInteger':0,'component':[{'code':{'text':'y'}},{" + code + "}]",
                "'referenceRange':[{'low':{'value':1}}]",
                "'referenceRange':[{'_text':{'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/data-absent-reason',"
                        + "'valueCode':'unknown'}]}}]",
                "'referenceRange':[{'text':'x'},{'appliesTo':[{'text':'x'}]}]",
                "'component':[{'code':{'text':'y'},'referenceRange':[{'appliesTo':[{'text':'x'}]}]}]")) {
            String observation = Reading.observation(more);
            TreeSet<String> broken = new TreeSet<>();
            validator.validateWithResult(observation.replace('\'', '"')).getMessages().stream()
                    .filter(message -> message.getSeverity() == ResultSeverityEnum.ERROR)
                    .forEach(message -> INVARIANTS.stream()
                            .filter(message.getMessage()::contains)
                            .forEach(broken::add));

            String verdict =
                    reading.verdict(observation).toLowerCase(Locale.ROOT).replace('_', '-');

            assertThat(verdict).as(more).isEqualTo(broken.isEmpty() ? "observation patient/1" : broken.first());
        }
    }
}
