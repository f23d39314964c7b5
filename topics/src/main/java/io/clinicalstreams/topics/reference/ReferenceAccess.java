package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Mixin;

/** Options that the reference data commands share: catalogue, cluster and output. */
abstract class ReferenceAccess implements Callable<ExitCode> {

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() throws Exception {
        Catalogue catalogue = catalogueOptions.load();
        try (Admin admin = cluster.admin(catalogue.where())) {
            beforeRun(catalogue, admin);
        }
        return run(ReferenceData.of(catalogue, cluster.clientSettings(catalogue.where())), output);
    }

    /** Called before any record is read. */
    void beforeRun(Catalogue catalogue, Admin admin) {}

    abstract ExitCode run(ReferenceData data, OutputOption output) throws Exception;
}
