package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.replay.ReplayAccount;
import io.clinicalstreams.loadgen.replay.ReplaySettings;
import io.clinicalstreams.loadgen.replay.ReplaySource;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loadgen replay}: sends recorded FHIR files. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Sends FHIR files: Bundles split, every resource under its patient's key, its bytes as in the file.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all sent and confirmed",
            "1:a record was refused or not delivered, a file cannot be read, or measuring ended early",
            "2:wrong usage or configuration, or no such input"
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Files or folders of .json (one resource), .ndjson and .jsonl (one a line), plain or .gz; links are"
                            + " followed.")
    private List<Path> inputs = new ArrayList<>();

    @Option(names = "--as-is", description = "Send Bundles whole instead of split.")
    private boolean asIs;

    @Option(
            names = "--shift-to-now",
            description = "Move each patient's history in time so that its last entry is now.")
    private boolean shiftToNow;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description =
                    "One of your own servers: references that start so are taken as relative, and Bundles from there are"
                            + " split; may be repeated.")
    private List<String> baseUrls = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            converter = RateText.class,
            description = "Records a second; as fast as possible unless given.")
    private double rate;

    @Override
    public Integer call() throws Exception {
        ReplaySettings settings = new ReplaySettings(inputs, asIs, shiftToNow, baseUrls);
        Catalogue catalogue = catalogueOptions.load();
        Map<String, Object> clientSettings = cluster.clientSettings(catalogue.where());
        try (ReplaySource source = ReplaySource.open(settings, Instant.now());
                Session session = Session.open(catalogue, clientSettings, output, spec)) {
            int exitCode = session.run(source, rate, ChronoUnit.FOREVER.getDuration());
            session.say(line(source.account()));
            return exitCode;
        }
    }

    static String line(ReplayAccount account) {
        return "read " + account.documents() + " documents, " + account.unreadable() + " unreadable, "
                + account.notRewritten() + " sent as they stand because they are not in UTF-8; split "
                + account.bundlesSplit() + " Bundles, " + account.entriesWithoutResource()
                + " entries without a resource left out; passed over " + account.filesPassedOver()
                + " files of other names";
    }
}
