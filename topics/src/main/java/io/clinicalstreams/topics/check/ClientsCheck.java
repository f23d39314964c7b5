package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.ClientsPage.RunningLane;
import io.clinicalstreams.topics.plan.SettingValues;
import io.clinicalstreams.topics.render.RenderedSetting;
import io.clinicalstreams.topics.render.Renderer;
import io.clinicalstreams.topics.render.StreamsClient;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Checks that a running service's clients use the settings in effect for their lanes, as {@code topics render} shows
 * them: the catalogue's, otherwise the defaults. Settings that the service decides are left out unless the catalogue
 * has them: ids, addresses, serializers, handlers, interceptors, metrics, secrets.
 */
record ClientsCheck(Catalogue catalogue) {

    static final String NAME = "clients";

    /** In addition to settings that code decides: the instance's location and its monitoring. */
    private static final Set<String> GIVEN_AT_START = Set.of(
            "bootstrap.controllers",
            "client.rack",
            "config.providers",
            "interceptor.classes",
            "built.in.metrics.version",
            "enable.metrics.push",
            "security.providers");

    private static final List<String> GIVEN_AT_START_BEGIN_WITH = List.of("metric.", "metrics.", "ssl.", "sasl.");

    /**
     * One difference, in one or more of a lane's clients.
     *
     * @param wanted the expected value, in words
     */
    private record Difference(String name, String used, String wanted) {}

    CheckResult of(ClientsPage page) {
        List<String> wrong = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RunningLane clients : page.lanes()) {
            names.add(clients.lane());
            catalogue.lanes().stream()
                    .filter(lane -> lane.name().equals(clients.lane()))
                    .findFirst()
                    .ifPresentOrElse(
                            lane -> compare(lane, clients, wrong),
                            () -> wrong.add("lane " + clients.lane() + " is not in the catalogue"));
        }
        if (names.isEmpty()) {
            wrong.add("the service has no lane yet");
        }
        return CheckResult.of(NAME, wrong, "lanes " + String.join(", ", names) + " use the catalogue's settings");
    }

    private void compare(Lane lane, RunningLane clients, List<String> wrong) {
        if (!clients.applicationId().equals(lane.applicationId())) {
            wrong.add("lane %s: application.id is %s, the catalogue says %s; is this another environment?"
                    .formatted(lane.name(), clients.applicationId(), lane.applicationId()));
        }
        Map<Difference, List<String>> differences = new LinkedHashMap<>();
        new Renderer(catalogue).clients(lane).forEach((client, wanted) -> {
            Map<String, String> used = clients.settings().getOrDefault(client.toString(), Map.of());
            for (Difference difference : differences(client, wanted, used)) {
                String name = client == StreamsClient.STREAMS ? difference.name() : client + "." + difference.name();
                differences
                        .computeIfAbsent(difference, each -> new ArrayList<>())
                        .add(name);
            }
        });
        differences.forEach((difference, settings) -> wrong.add("lane %s: %s %s %s, %s"
                .formatted(
                        lane.name(),
                        String.join(", ", settings),
                        settings.size() == 1 ? "is" : "are",
                        difference.used(),
                        difference.wanted())));
    }

    private static List<Difference> differences(
            StreamsClient client, List<RenderedSetting> wanted, Map<String, String> settings) {
        ConfigDef definitions = client == StreamsClient.TOPIC ? TopicDefinitions.configDef() : client.definitions();
        SettingValues values = new SettingValues(definitions);
        Map<String, String> rest = new TreeMap<>(settings);
        Map<String, Difference> differences = new TreeMap<>();
        for (RenderedSetting setting : wanted) {
            String name = setting.name();
            String used = rest.remove(name);
            boolean isCompared = !(setting.isDefault() && isGivenAtStart(name));
            if (isCompared && (used == null || !values.same(name, used, setting.value()))) {
                differences.put(name, new Difference(name, used == null ? "not used" : used, inWords(setting)));
            }
        }
        rest.forEach((name, used) -> {
            if (!used.isBlank() && !isGivenAtStart(name) && isForEverybody(definitions, name)) {
                differences.put(name, new Difference(name, used, "the catalogue leaves it unset"));
            }
        });
        return List.copyOf(differences.values());
    }

    /** Kafka has internal settings besides the documented ones. */
    private static boolean isForEverybody(ConfigDef definitions, String name) {
        ConfigDef.ConfigKey key = definitions.configKeys().get(name);
        return key != null && !key.internalConfig;
    }

    private static String inWords(RenderedSetting wanted) {
        return wanted.isDefault()
                ? "the catalogue leaves it at %s (default of %s)".formatted(wanted.value(), wanted.file())
                : "the catalogue says %s (%s)".formatted(wanted.value(), wanted.file());
    }

    private static boolean isGivenAtStart(String name) {
        return SettingDefinitions.isDecidedByCode(name)
                || GIVEN_AT_START.contains(name)
                || GIVEN_AT_START_BEGIN_WITH.stream().anyMatch(name::startsWith);
    }
}
