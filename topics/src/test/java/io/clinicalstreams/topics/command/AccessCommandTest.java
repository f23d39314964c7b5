package io.clinicalstreams.topics.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code topics access} prints without a cluster; with one, the demo's tests call it. */
class AccessCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsEveryRuleAndWhatItIsFor() {
        assertThat(run("access", "--environment", "production")).isZero();

        assertThat(out.toString().lines()).anySatisfy(line -> assertThat(line)
                .matches("derived +recording +User:clinical-recording +write"
                        + " +transactional id clinical-streams.recording-\\* +commits .*"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsEveryRuleAsJson() throws IOException {
        assertThat(run("access", "-o", "json", "--environment", "staging")).isZero();

        JsonNode rules = JsonMapper.builder().build().readTree(out.toString());
        assertThat(rules).anySatisfy(rule -> {
            assertThat(rule.get("role").asText()).isEqualTo("alert-consumer");
            assertThat(rule.get("principal").asText()).isEqualTo("User:staging-clinical-alert-consumer");
            assertThat(rule.get("operation").asText()).isEqualTo("READ");
            assertThat(rule.get("resourceType").asText()).isEqualTo("GROUP");
            assertThat(rule.get("patternType").asText()).isEqualTo("PREFIXED");
            assertThat(rule.get("resourceName").asText()).isEqualTo("staging.alert-consumer-");
        });
    }

    @Test
    void asksForTheClusterToApplyTo() {
        assertThat(run("access", "--apply")).isEqualTo(2);

        assertThat(err.toString()).contains("Missing required option: '--bootstrap-server=HOST:PORT'");
    }

    private int run(String... arguments) {
        return new CommandLine(new TopicsCommand())
                .setExecutionExceptionHandler(new OneLineErrors())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
