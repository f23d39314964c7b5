package io.clinicalstreams.pipeline.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AlertLineTest {

    @Test
    void showsByTheirNumbersWhatWouldSteerATerminal() {
        String line = line("Patient/\\u001b[2J\\u0007\\n\\u202e1");

        assertThat(line).contains("Patient/\\u{1b}[2J\\u{7}\\u{a}\\u{202e}1").doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void leavesWhatOneCanReadAsItIs() {
        assertThat(line("Patient/Grüße-患者-🩺")).contains("Patient/Grüße-患者-🩺");
    }

    private static String line(String patient) {
        String alert = "{\"resourceType\":\"DetectedIssue\",\"patient\":{\"reference\":\"" + patient + "\"}}";
        return AlertLine.of(alert.getBytes(StandardCharsets.UTF_8));
    }
}
