package io.clinicalstreams.experiment.command;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.SettingPlace;
import io.clinicalstreams.experiment.result.Conclusion;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.experiment.result.LevelComparison;
import io.clinicalstreams.experiment.statistics.LevelFinding;
import io.clinicalstreams.topics.setting.EvidenceText;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What results say of one setting's value.
 *
 * @param isSupported whether the alternatives are worse, or shown to be equally good
 * @param hasBetter whether another value is better
 * @param isStale whether the result no longer counts; it is shown, and supports nothing
 */
record EvidenceFinding(String text, boolean isSupported, boolean hasBetter, boolean isStale) {

    private static final String PENDING = EvidenceText.PENDING + "; ";

    /** @param kept a result with a verdict */
    static EvidenceFinding of(Experiment experiment, KeptResult kept, SettingPlace place) {
        ExperimentResult result = kept.result();
        Conclusion conclusion = Objects.requireNonNull(result.conclusion());
        List<LevelComparison> deciding = conclusion.deciding(experiment);
        boolean hasBetter = deciding.stream().anyMatch(level -> level.finding() == LevelFinding.BETTER);
        List<LevelComparison> alternatives = alternatives(experiment, result, place, deciding);
        boolean isSupported = !hasBetter
                && !alternatives.isEmpty()
                && alternatives.stream().allMatch(EvidenceFinding::isWorseOrEqual);
        String text = "%s, %d cores, %s: %s %s at %s; %s%s%s"
                .formatted(
                        beginning(experiment),
                        result.machine().cores(),
                        result.machine().cpu().replace(':', ' '),
                        experiment.figure().id(),
                        ResultText.figure(
                                conclusion.baselineMedians().getOrDefault(experiment.figure(), Double.NaN),
                                experiment.figure().unit()),
                        experiment.baseline(),
                        deciding.stream().map(ResultText::line).collect(Collectors.joining("; ")),
                        hasBetter || isSupported ? "" : "; undecided",
                        kept.isStale() ? "; stale" : "");
        return new EvidenceFinding(text, isSupported && !kept.isStale(), hasBetter && !kept.isStale(), kept.isStale());
    }

    /** A noisy trial proves nothing: only a narrow interval shows that two values are equally good. */
    private static boolean isWorseOrEqual(LevelComparison level) {
        return level.finding() == LevelFinding.WORSE
                || (level.finding() == LevelFinding.NO_CLEAR_DIFFERENCE && level.hiddenPercent() == 0);
    }

    /** The level with Kafka's default; all with another value if it is the baseline's, or if no level has it. */
    private static List<LevelComparison> alternatives(
            Experiment experiment, ExperimentResult result, SettingPlace place, List<LevelComparison> deciding) {
        String key = place.inEffect(experiment);
        String kafkas = new SettingDefinitions()
                .defaultOf(Section.valueOf(place.section().toUpperCase(Locale.ROOT)), place.name())
                .orElse("");
        UnaryOperator<String> value =
                level -> result.settings().getOrDefault(level, Map.of()).getOrDefault(key, kafkas);
        List<LevelComparison> others = deciding.stream()
                .filter(each -> !value.apply(each.level()).equals(value.apply(experiment.baseline())))
                .toList();
        List<LevelComparison> withDefault = others.stream()
                .filter(each -> value.apply(each.level()).equals(kafkas))
                .toList();
        return withDefault.isEmpty() ? others : withDefault;
    }

    /** Both; one that is stale has nothing to add to one that is not. */
    EvidenceFinding and(EvidenceFinding other) {
        if (isStale != other.isStale) {
            return isStale ? other : this;
        }
        return new EvidenceFinding(
                text + "; " + other.text, isSupported || other.isSupported, hasBetter || other.hasBetter, isStale);
    }

    /** As a profile has it. */
    String evidence() {
        return (isSupported && !hasBetter ? "" : PENDING) + text;
    }

    /** Whether evidence is what one of these experiments said. */
    static boolean isOf(List<Experiment> experiments, String evidence) {
        return experiments.stream()
                .map(experiment -> beginning(experiment) + ", ")
                .anyMatch(beginning -> evidence.startsWith(beginning) || evidence.startsWith(PENDING + beginning));
    }

    private static String beginning(Experiment experiment) {
        return "experiment " + experiment.name();
    }
}
