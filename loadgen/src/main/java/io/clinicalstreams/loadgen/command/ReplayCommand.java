package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.replay.ReplayAccount;
import io.clinicalstreams.loadgen.replay.ReplaySettings;
import io.clinicalstreams.loadgen.replay.ReplaySource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "1:a record was refused or not delivered",
            "2:wrong usage or configuration"
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files or folders of .json (one resource) and .ndjson (one a line), plain or .gz.")
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
            description = "References that start so are taken as relative; may be repeated.")
    private List<String> baseUrls = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "Records a second; as fast as possible unless given.")
    private double rate;

    @Override
    public Integer call() throws Exception {
        ReplaySettings settings = new ReplaySettings(inputs, asIs, shiftToNow, baseUrls);
        try (ReplaySource source = ReplaySource.open(settings, Instant.now());
                Session session = Session.open(connection, output, spec)) {
            int exitCode = session.run(source, rate, ChronoUnit.FOREVER.getDuration());
            ReplayAccount account = source.account();
            session.say("read " + account.documents() + " documents, " + account.unreadable() + " unreadable; split "
                    + account.bundlesSplit() + " Bundles, " + account.entriesWithoutResource()
                    + " entries without a resource left out");
            return exitCode;
        }
    }
}
