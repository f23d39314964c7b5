package io.clinicalstreams.pipeline.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AlertLineTest {

    @Test
    void showsControlCharactersAsNumbers() {
        String line = line("Patient/\\u001b[2J\\u0007\\n\\u202e1");

        assertThat(line).contains("Patient/\\u{1b}[2J\\u{7}\\u{a}\\u{202e}1").doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void keepsReadableTextUnchanged() {
        assertThat(line("Patient/Grüße-患者-🩺")).contains("Patient/Grüße-患者-🩺");
    }

    @Test
    void showsTheFindingForEveryKindOfRule() {
        String limit = line("Patient/1", "Potassium high", "raised", "6.8 mmol/L, limit >=6.5 mmol/L");
        String flag = line("Patient/1", "Critical by the laboratory", "raised", "600-7, interpretation AA");

        assertThat(limit)
                .contains("  raised     Potassium high                6.8 mmol/L, limit >=6.5 mmol/L  Patient/1");
        assertThat(flag).contains("Critical by the laboratory    600-7, interpretation AA  Patient/1");
    }

    private static String line(String patient, String title, String transition, String found) {
        String alert = """
                {"patient":{"reference":"%s"},"code":{"text":"%s"},
                 "extension":[{"url":"https://clinical-streams.io/fhir/transition","valueCode":"%s"}],
                 "detail":"%s %s: %s. Source: Kost, JAMA 1990. Reference application, not a medical device."}
                """.formatted(patient, title, transition, title, transition, found);
        return AlertLine.of(alert.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(String patient) {
        String alert = "{\"resourceType\":\"DetectedIssue\",\"patient\":{\"reference\":\"" + patient + "\"}}";
        return AlertLine.of(alert.getBytes(StandardCharsets.UTF_8));
    }
}
