package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.replay.ReplayAccount;
import io.clinicalstreams.loadgen.replay.ReplaySettings;
import io.clinicalstreams.loadgen.replay.ReplaySource;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code loadgen replay}: sends recorded FHIR files. */
@Command(
        name = "replay",
        description = "Sends FHIR files: splits Bundles and sends each resource under its patient's key, its bytes"
                + " unchanged.")
final class ReplayCommand extends SendingCommand {

    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files or folders of .json (one resource), .ndjson and .jsonl (one per line), plain or .gz;"
                    + " links are followed.")
    private List<Path> inputs = new ArrayList<>();

    @Option(names = "--as-is", description = "Send Bundles whole instead of split.")
    private boolean asIs;

    @Option(
            names = "--shift-to-now",
            description =
                    "Shift each patient's history in time so that its last measurement is now. What is planned for later stays later.")
    private boolean shiftToNow;

    @Option(
            names = "--compress-to",
            paramLabel = "DURATION",
            description =
                    "Compress each longer history to this, for example 24h, and shift it to now: an old acute course"
                            + " runs as a live one. Times before a patient's first measurement keep their distance.")
    private @Nullable Duration compressTo;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "Records per second (default: as fast as possible).")
    private double rate;

    private @Nullable ReplaySource source;

    @Override
    RateCurve load() {
        return steady("--rate", rate);
    }

    @Override
    Duration duration() {
        return ChronoUnit.FOREVER.getDuration();
    }

    @Override
    void checkOptions(Catalogue catalogue) throws IOException {
        RateCurve unused = load();
        source = ReplaySource.open(
                new ReplaySettings(inputs, asIs, shiftToNow, compressTo),
                catalogue.where().fhir(),
                Instant.now());
    }

    @Override
    boolean isEndless() {
        return false;
    }

    @Override
    Source source(Catalogue catalogue, Schedule schedule, int partitions) {
        return Objects.requireNonNull(source);
    }

    @Override
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(Map.of("asIs", asIs, "shiftToNow", shiftToNow));
        if (compressTo != null) {
            settings.put("compressTo", compressTo.toString());
        }
        return settings;
    }

    @Override
    @Nullable
    String remark() {
        return source == null ? null : line(source.account());
    }

    static String line(ReplayAccount account) {
        return "read " + account.documents() + " documents, " + account.unreadable() + " unreadable, "
                + account.notRewritten() + " sent unchanged because they are not UTF-8; split "
                + account.bundlesSplit() + " Bundles, " + account.entriesWithoutResource()
                + " entries without a resource omitted; skipped " + account.filesPassedOver()
                + " files with other names";
    }
}
