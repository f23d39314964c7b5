package io.clinicalstreams.pipeline.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A level that does not exist is wrong usage, in one line: Log4j would print a stack trace. */
class LogLevelTest {

    @ParameterizedTest
    @ValueSource(strings = {"run --bootstrap-server localhost:1", "alerts tail --bootstrap-server localhost:1"})
    void aWrongLevelIsOneLine(String command) throws Exception {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PipelineCommand.class.getName());
        program.command().addAll(List.of(command.split(" ")));
        program.environment().put("CLINICAL_STREAMS_LOG_LEVEL", "loud");
        Process process = program.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(printed)
                .isEqualTo(
                        "CLINICAL_STREAMS_LOG_LEVEL: must be one of OFF, FATAL, ERROR, WARN, INFO, DEBUG, TRACE, ALL,"
                                + " was loud\n");
    }
}
