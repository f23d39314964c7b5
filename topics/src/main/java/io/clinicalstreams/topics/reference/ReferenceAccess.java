package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands on reference data share: the catalogue, the cluster, and how to print. */
abstract class ReferenceAccess implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            converter = OutputFormat.Reading.class,
            paramLabel = "table|json",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Override
    public Integer call() throws Exception {
        Catalogue catalogue = catalogueOptions.load();
        cluster.check(catalogue.where());
        return run(ReferenceData.of(catalogue, cluster.clientSettings(catalogue.where())), output);
    }

    /** @return the exit code */
    abstract int run(ReferenceData data, OutputFormat output) throws Exception;

    final void print(String text) {
        spec.commandLine().getOut().println(text);
    }

    /** For the person who watches. */
    final void say(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }
}
