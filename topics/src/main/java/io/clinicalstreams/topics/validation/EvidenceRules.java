package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.Setting;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.StreamsDefaults;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Checks the reason and evidence of a setting: a value called the default must be the default of the Kafka version in
 * use, and a cited experiment must be described in {@code profiles/experiments}, so that others can repeat it.
 */
record EvidenceRules(SettingDefinitions definitions, Set<String> experiments, Problems problems) {

    /** Not "Kafka's default of 1 MiB", which refers to another value. */
    private static final Pattern KAFKAS_DEFAULT =
            Pattern.compile("\\bKafka's default(?=[.,;:]|$)|^documentation: [^;]*: the default\\b");

    private static final Pattern STREAMS_DEFAULT =
            Pattern.compile("\\bStreams' (own )?default(?=[.,;:]|$| under exactly-once)");

    private static final Pattern MEASURED = Pattern.compile("(?:^|; )(?:measured|experiment) ([^:,]+)");

    EvidenceRules {
        experiments = new TreeSet<>(experiments);
    }

    void check(String file, String path, Section section, String name, Setting setting) {
        checkDefault(file, path + ".why", section, name, setting.value(), setting.why());
        checkDefault(file, path + ".evidence", section, name, setting.value(), setting.evidence());
        MEASURED.matcher(setting.evidence())
                .results()
                .flatMap(found -> Pattern.compile(" and ").splitAsStream(found.group(1)))
                .map(each -> each.strip().split("\\s", 2)[0])
                .filter(each -> !experiments.contains(each))
                .forEach(each -> problems.add(
                        file,
                        path + ".evidence",
                        "no file profiles/experiments/%s.yaml says how to repeat '%s'; known are %s"
                                .formatted(
                                        each, each, experiments.isEmpty() ? "none" : String.join(", ", experiments))));
    }

    private void checkDefault(String file, String path, Section section, String name, String value, String text) {
        KAFKAS_DEFAULT
                .matcher(text)
                .results()
                .forEach(claim -> require(claim, definitions.defaultOf(section, name), file, path, name, value));
        STREAMS_DEFAULT
                .matcher(text)
                .results()
                .forEach(claim -> require(claim, defaultInStreams(section, name), file, path, name, value));
    }

    private void require(
            MatchResult claim, Optional<String> byDefault, String file, String path, String name, String value) {
        if (!byDefault.equals(Optional.of(value))) {
            problems.add(
                    file,
                    path,
                    "says '%s', but %s is %s, and the default is %s"
                            .formatted(
                                    claim.group().replaceFirst("^documentation: .*: ", ""),
                                    name,
                                    value,
                                    byDefault.orElse("none")));
        }
    }

    private Optional<String> defaultInStreams(Section section, String name) {
        String inStreams =
                switch (section) {
                    case PRODUCER -> SettingDefinitions.FOR_PRODUCER + name;
                    case CONSUMER -> SettingDefinitions.FOR_MAIN_CONSUMER + name;
                    case STREAMS, TOPIC, BROKER -> name;
                };
        return StreamsDefaults.of(true, inStreams).or(() -> definitions.defaultOf(section, name));
    }
}
