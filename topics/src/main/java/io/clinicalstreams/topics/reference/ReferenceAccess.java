package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands on reference data share: the catalogue, the cluster, and how to print. */
abstract class ReferenceAccess implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() throws Exception {
        Catalogue catalogue = catalogueOptions.load();
        cluster.check(catalogue.where());
        return run(ReferenceData.of(catalogue, cluster.clientSettings(catalogue.where())), output);
    }

    abstract ExitCode run(ReferenceData data, OutputOption output) throws Exception;

    /** For the person who watches. */
    final void say(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }
}
