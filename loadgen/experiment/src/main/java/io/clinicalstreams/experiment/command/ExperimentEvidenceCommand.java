package io.clinicalstreams.experiment.command;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.SettingPlace;
import io.clinicalstreams.experiment.result.Conclusion;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.experiment.result.ProfileText;
import io.clinicalstreams.experiment.statistics.LevelFinding;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loadgen experiment evidence}: writes results into the profiles. */
@Command(
        name = "evidence",
        description = {
            "Writes results into the profiles, as the evidence of the values that they are about.",
            "A value with a better level stays pending, and is named: change it, and run the experiment again."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no level is better than the profile's value", "2:wrong usage", "3:a level is better"})
final class ExperimentEvidenceCommand implements Callable<ExitCode> {

    private static final String PENDING = EvidenceText.PENDING + "; ";

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

    /**
     * What the results say of one setting.
     *
     * @param isOpen whether another value is better
     */
    private record Finding(String text, boolean isOpen) {

        static Finding of(Experiment experiment, ExperimentResult result) {
            Conclusion conclusion = Objects.requireNonNull(result.conclusion());
            String baseline = ResultText.figure(
                    conclusion.baselineMedians().getOrDefault(experiment.figure(), Double.NaN),
                    experiment.figure().unit());
            String text = "%s, %d cores, %s: %s %s at %s; %s"
                    .formatted(
                            beginning(experiment),
                            result.machine().cores(),
                            result.machine().cpu().replace(':', ' '),
                            experiment.figure().id(),
                            baseline,
                            experiment.baseline(),
                            conclusion.deciding(experiment).stream()
                                    .map(ResultText::line)
                                    .collect(Collectors.joining("; ")));
            return new Finding(
                    text,
                    conclusion.deciding(experiment).stream().anyMatch(level -> level.finding() == LevelFinding.BETTER));
        }

        Finding and(Finding other) {
            return new Finding(text + "; " + other.text, isOpen || other.isOpen);
        }

        String evidence() {
            return (isOpen ? PENDING : "") + text;
        }
    }

    @Override
    public ExitCode call() throws IOException {
        Path folder = Files.createTempDirectory("clinical-streams-experiment-");
        try {
            CatalogueLoader.copy(catalogue, folder);
            return write(folder);
        } finally {
            LocalCluster.delete(folder);
        }
    }

    private ExitCode write(Path folder) throws IOException {
        Map<SettingPlace, Finding> findings = new LinkedHashMap<>();
        Map<SettingPlace, List<Experiment>> without = new LinkedHashMap<>();
        for (CatalogueFile file : ExperimentFiles.all()) {
            Experiment experiment = ExperimentFiles.read(file);
            List<Finding> own = KeptResult.of(experiment, file, results.files(), "development", folder).stream()
                    .filter(kept -> !kept.isStale() && kept.result().hasVerdict(experiment))
                    .map(kept -> Finding.of(experiment, kept.result()))
                    .toList();
            for (SettingPlace place : experiment.evidence()) {
                own.forEach(finding -> findings.merge(place, finding, Finding::and));
                without.computeIfAbsent(place, unseen -> new ArrayList<>()).add(experiment);
            }
            if (!own.isEmpty() && !experiment.evidenceFor().isEmpty()) {
                describe(experiment);
            }
        }
        without.keySet().removeAll(findings.keySet());
        for (Map.Entry<SettingPlace, Finding> each : findings.entrySet()) {
            rewrite(each.getKey(), before -> each.getValue().evidence());
        }
        for (Map.Entry<SettingPlace, List<Experiment>> each : without.entrySet()) {
            rewrite(each.getKey(), before -> withoutResult(each.getValue(), before));
        }
        return say(findings);
    }

    private ExitCode say(Map<SettingPlace, Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach((place, finding) -> {
            if (finding.isOpen()) {
                out.println(place + ": another value is better: " + finding.text());
            }
        });
        out.println(findings.size() + " settings have evidence of experiments");
        out.flush();
        return findings.values().stream().anyMatch(Finding::isOpen) ? ExitCode.NOT_HELD : ExitCode.OK;
    }

    /** A pointer to a result that is gone or stale would be a claim without proof. */
    private static String withoutResult(List<Experiment> experiments, String before) {
        boolean pointsToOne = experiments.stream()
                .map(ExperimentEvidenceCommand::beginning)
                .anyMatch(beginning ->
                        before.startsWith(beginning + ", ") || before.startsWith(PENDING + beginning + ", "));
        return pointsToOne ? EvidenceText.PENDING : before;
    }

    private static String beginning(Experiment experiment) {
        return "experiment " + experiment.name();
    }

    private void rewrite(SettingPlace place, UnaryOperator<String> change) throws IOException {
        Path file = catalogue.resolve(place.file());
        ProfileText text = new ProfileText(Files.readString(file));
        String before = text.evidence(place);
        String after = change.apply(before);
        if (!after.equals(before)) {
            text.setEvidence(place, after);
            Files.writeString(file, text.toString());
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
