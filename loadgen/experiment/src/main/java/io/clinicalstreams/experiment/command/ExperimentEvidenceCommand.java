package io.clinicalstreams.experiment.command;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.SettingPlace;
import io.clinicalstreams.experiment.result.ProfileText;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.setting.EvidenceText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loadgen experiment evidence}: writes results into the profiles. */
@Command(
        name = "evidence",
        description = {
            "Writes results into the profiles, as the evidence of the values that they are about.",
            "A value has evidence if Kafka's default, or else every other level, is worse or shown to be equal.",
            "Otherwise it stays pending: undecided, stale, or another level is better, which is named."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no level is better than the profile's value", "2:wrong usage", "3:a level is better"})
final class ExperimentEvidenceCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ResultsOption results = new ResultsOption();

    @Option(
            names = "--catalogue",
            paramLabel = "FOLDER",
            defaultValue = "topics",
            description = "The folder with the profiles to write (default: ${DEFAULT-VALUE}).")
    private Path catalogue = Path.of("topics");

    @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
    private boolean isDryRun;

    /** A setting whose evidence is another now. */
    private record Change(SettingPlace place, String before, String after) {

        boolean becomesPending() {
            return !before.startsWith(EvidenceText.PENDING) && after.startsWith(EvidenceText.PENDING);
        }
    }

    @Override
    public ExitCode call() throws IOException {
        if (!Files.isDirectory(results.files().root())) {
            // As an empty one it would take back all evidence.
            throw new ParameterException(
                    spec.commandLine(),
                    "--results: there is no folder " + results.files().root());
        }
        Path folder = Files.createTempDirectory("clinical-streams-experiment-");
        try {
            CatalogueLoader.copy(catalogue, folder);
            return write(folder);
        } finally {
            LocalCluster.delete(folder);
        }
    }

    private ExitCode write(Path folder) throws IOException {
        Map<SettingPlace, EvidenceFinding> findings = new LinkedHashMap<>();
        Map<SettingPlace, List<Experiment>> about = new LinkedHashMap<>();
        for (CatalogueFile file : ExperimentFiles.all()) {
            Experiment experiment = ExperimentFiles.read(file);
            List<KeptResult> own = KeptResult.of(experiment, file, results.files(), "development", folder).stream()
                    .filter(kept -> kept.result().hasVerdict(experiment))
                    .toList();
            for (SettingPlace place : experiment.evidence()) {
                own.forEach(kept ->
                        findings.merge(place, EvidenceFinding.of(experiment, kept, place), EvidenceFinding::and));
                about.computeIfAbsent(place, unseen -> new ArrayList<>()).add(experiment);
            }
            if (own.stream().anyMatch(kept -> !kept.isStale())
                    && !experiment.evidenceFor().isEmpty()
                    && !isDryRun) {
                describe(experiment);
            }
        }
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<SettingPlace, List<Experiment>> each : about.entrySet()) {
            EvidenceFinding finding = findings.get(each.getKey());
            rewrite(
                    each.getKey(),
                    before -> evidence(finding, EvidenceFinding.isOf(each.getValue(), before), before),
                    changes);
        }
        return say(findings, changes);
    }

    private ExitCode say(Map<SettingPlace, EvidenceFinding> findings, List<Change> changes) {
        PrintWriter out = spec.commandLine().getOut();
        if (isDryRun) {
            changes.forEach(change -> out.println(change.place() + ": would be: " + change.after()));
        }
        changes.stream()
                .filter(Change::becomesPending)
                .forEach(change -> out.println(change.place() + ": becomes pending, was: " + change.before()));
        findings.forEach((place, finding) -> {
            if (finding.hasBetter()) {
                out.println(place + ": another value is better: " + finding.text());
            }
        });
        long supported = findings.values().stream()
                .filter(finding -> finding.isSupported() && !finding.hasBetter())
                .count();
        out.println(supported + " settings have evidence of experiments, " + (findings.size() - supported)
                + " are pending with a result" + (isDryRun ? "; nothing is written" : ""));
        out.flush();
        return findings.values().stream().anyMatch(EvidenceFinding::hasBetter) ? ExitCode.NOT_HELD : ExitCode.OK;
    }

    /** A pointer to a result that is gone would be a claim without proof. What others have shown outlives a stale result. */
    private static String evidence(@Nullable EvidenceFinding finding, boolean isOurs, String before) {
        if (finding == null) {
            return isOurs ? EvidenceText.PENDING : before;
        }
        return finding.isStale() && !isOurs ? before : finding.evidence();
    }

    private void rewrite(SettingPlace place, UnaryOperator<String> change, List<Change> changes) throws IOException {
        Path file = catalogue.resolve(place.file());
        ProfileText text = new ProfileText(Files.readString(file));
        String before = text.evidence(place);
        String after = change.apply(before);
        if (after.equals(before)) {
            return;
        }
        changes.add(new Change(place, before, after));
        if (!isDryRun) {
            text.setEvidence(place, after);
            text.replace(file);
        }
    }

    /** Evidence may name only what these files say how to repeat. */
    private void describe(Experiment experiment) throws IOException {
        Path file = catalogue.resolve("profiles/experiments").resolve(experiment.name() + CatalogueFile.EXTENSION);
        Files.writeString(
                file,
                "name: %s%nshows: >-%n  %s%nrun: ./clinical-streams loadgen experiment run %s%n"
                        .formatted(experiment.name(), experiment.hypothesis(), experiment.name())
                        .replace(System.lineSeparator(), "\n"));
    }
}
