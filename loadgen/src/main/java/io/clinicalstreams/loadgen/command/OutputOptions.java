package io.clinicalstreams.loadgen.command;

import picocli.CommandLine.Option;

/** How the summary is written, and whether latency is measured. */
final class OutputOptions {

    enum Format {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print the summary: ${DEFAULT-VALUE} unless given.")
    private Format format = Format.TABLE;

    @Option(
            names = "--measure",
            description = "Also read the recorded topics and the alerts, and measure the latency from the intended send"
                    + " time to each.")
    private boolean measure;

    Format format() {
        return format;
    }

    boolean measure() {
        return measure;
    }
}
