package io.clinicalstreams.topics.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints its result on stdout: a table for people, JSON for programs. */
public final class OutputOption {

    private enum OutputFormat {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "table|json",
            description = "Format of the result (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    /**
     * Prints one of the two.
     *
     * @param json maps, lists, records and plain values
     */
    public void print(Supplier<?> table, Supplier<?> json) {
        PrintWriter out = command.commandLine().getOut();
        out.println(
                switch (format) {
                    case TABLE -> table.get();
                    case JSON -> json(json.get());
                });
        out.flush();
    }

    /** Whether programs read the result. */
    public boolean isJson() {
        return format == OutputFormat.JSON;
    }

    /** Prints a line for the user on stderr. */
    public void say(Object line) {
        command.commandLine().getErr().println(line);
        command.commandLine().getErr().flush();
    }

    /** Indented JSON. */
    public static String json(Object value) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), impossible);
        }
    }
}
