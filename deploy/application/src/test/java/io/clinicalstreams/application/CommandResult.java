package io.clinicalstreams.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** What a command printed, and its exit code. */
public record CommandResult(int exitCode, String out, String err) {

    /** @param words the arguments of {@code clinical-streams} */
    public static CommandResult by(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = ClinicalStreams.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
        return new CommandResult(exitCode, out.toString(), err.toString());
    }

    public JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    /** The names of the checks that are not held, from the output of {@code check}. */
    public List<String> notHeld() {
        return json().get("checks")
                .valueStream()
                .filter(each -> each.get("result").asText().equals("not held"))
                .map(each -> each.get("check").asText())
                .toList();
    }
}
