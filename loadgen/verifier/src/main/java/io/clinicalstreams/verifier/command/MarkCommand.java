package io.clinicalstreams.verifier.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.verifier.Verifier;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code verify mark}: prints the current end of the topics. */
@Command(
        name = "mark",
        description = "Prints a start mark as JSON: the current end of the topics. Save it and pass it to verify"
                + " --from-mark.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 printed, 1 failure, 2 wrong usage or configuration."})
final class MarkCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public ExitCode call() throws JsonProcessingException {
        Catalogue catalogue = catalogueOptions.load();
        Verifier verifier = new Verifier(catalogue, cluster.clientSettings(catalogue.where()));
        spec.commandLine().getOut().println(StartOptions.json(verifier.startMark()));
        return ExitCode.OK;
    }
}
