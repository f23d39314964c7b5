package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.topics.terminal.OutputFormat;
import picocli.CommandLine.Option;

/** How the summary is written, and whether latency is measured. */
final class OutputOptions {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            defaultValue = "table",
            converter = OutputFormat.Reading.class,
            description = "How to print the summary: ${DEFAULT-VALUE} unless given.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = "--measure",
            description = "Also read the recorded topics and the alerts, and measure the latency from the intended send"
                    + " time to each.")
    private boolean measure;

    OutputFormat format() {
        return format;
    }

    boolean measure() {
        return measure;
    }
}
