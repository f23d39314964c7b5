package io.clinicalstreams.topics.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settled evidence in the built-in catalogue rests on the software's documentation or on a repeatable measurement. */
class SettledEvidenceTest {

    /** Values that are not the software's default; the documentation gives the value or the rule behind it. */
    private static final Set<String> BY_A_RULE = Set.of(
            "cleanup.policy",
            "message.timestamp.type",
            "isolation.level",
            "enable.auto.commit",
            "allow.auto.create.topics",
            "auto.offset.reset",
            "ensure.explicit.internal.resource.naming",
            "max.message.bytes",
            "max.decompressed.message.bytes",
            "min.insync.replicas",
            "replication.factor",
            "num.standby.replicas",
            "security.protocol",
            "sasl.mechanism");

    /** Pages that are not about one setting. */
    private static final List<String> PAGES = List.of("log compaction", "security");

    record Settled(Section section, EffectiveSetting setting) {

        String evidence() {
            return setting.setting().evidence();
        }

        /** The name without the prefix of a lane's client or internal topics. */
        String name() {
            return SettingDefinitions.withoutClientPrefix(setting.name()).replaceFirst("^topic\\.", "");
        }

        @Override
        public String toString() {
            return setting.file() + ": " + setting.name();
        }
    }

    static Stream<Settled> settled() {
        Map<String, Settled> all = new TreeMap<>();
        for (String environment : List.of("development", "staging", "production")) {
            Catalogue catalogue = CatalogueLoader.load(environment);
            for (Topic topic : catalogue.topics()) {
                collect(Section.TOPIC, topic.settings(), all);
                collect(Section.PRODUCER, topic.producer(), all);
                collect(Section.CONSUMER, topic.consumer(), all);
            }
            catalogue.lanes().forEach(lane -> collect(Section.STREAMS, lane.settings(), all));
            collect(Section.BROKER, catalogue.where().broker(), all);
        }
        return all.values().stream();
    }

    static Stream<Settled> documented() {
        return settled().filter(each -> each.evidence().startsWith("documentation:"));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void isTheSoftwaresDefaultOrFollowsFromARuleOfIts(Settled documented) {
        String byDefault = new SettingDefinitions()
                .defaultOf(documented.section(), documented.setting().name())
                .orElse("");

        assertThat(documented.setting().value().equals(byDefault) || BY_A_RULE.contains(documented.name()))
                .as("%s is no default, that is '%s'", documented.setting().value(), byDefault)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void namesTheSettingOfWhichItSpeaks(Settled documented) {
        assertThat(Stream.concat(Stream.of(documented.name()), PAGES.stream()))
                .anyMatch(documented.evidence()::contains);
    }

    @ParameterizedTest
    @MethodSource("settled")
    void doesNotContradictItself(Settled settled) {
        assertThat(settled.evidence())
                .doesNotContain("not run", "not tried", "not measured", "not known", "not proven", "pending");
    }

    @ParameterizedTest
    @MethodSource("settled")
    void restsOnNothingThatIsNotKept(Settled settled) {
        assertThat(settled.evidence()).doesNotContain("prototype");
    }

    @Test
    void isOfMoreThanAHandfulOfSettings() {
        assertThat(documented()).hasSizeGreaterThan(30);
    }

    private static void collect(Section section, Settings settings, Map<String, Settled> all) {
        settings.byName().values().stream()
                .filter(setting -> !setting.setting().isPending())
                .forEach(setting ->
                        all.put(section + " " + setting.file() + ' ' + setting.name(), new Settled(section, setting)));
    }
}
