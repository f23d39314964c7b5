package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicDefinitions;
import io.clinicalstreams.topics.check.ClientsPage.RunningLane;
import io.clinicalstreams.topics.plan.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Whether a running service's clients use what the catalogue says for their lanes. */
record ClientsCheck(Catalogue catalogue) {

    static final String NAME = "clients";

    private static final String STREAMS = "streams";
    private static final String MAIN_CONSUMER = "main.consumer";
    private static final SettingValues CONSUMER_VALUES = new SettingValues(ConsumerConfig.configDef());

    /** Where a client's settings are found by the prefix of their names; the longer prefix first. */
    private static final List<Client> CLIENTS = List.of(
            new Client(StreamsConfig.MAIN_CONSUMER_PREFIX, MAIN_CONSUMER, CONSUMER_VALUES),
            new Client(StreamsConfig.RESTORE_CONSUMER_PREFIX, "restore.consumer", CONSUMER_VALUES),
            new Client(StreamsConfig.GLOBAL_CONSUMER_PREFIX, "global.consumer", CONSUMER_VALUES),
            new Client(StreamsConfig.CONSUMER_PREFIX, MAIN_CONSUMER, CONSUMER_VALUES),
            new Client(StreamsConfig.PRODUCER_PREFIX, "producer", new SettingValues(ProducerConfig.configDef())),
            new Client(StreamsConfig.ADMIN_CLIENT_PREFIX, "admin", new SettingValues(AdminClientConfig.configDef())),
            new Client(StreamsConfig.TOPIC_PREFIX, "topic", new SettingValues(TopicDefinitions.configDef())),
            new Client("", STREAMS, new SettingValues(StreamsConfig.configDef())));

    private record Client(String prefix, String name, SettingValues values) {}

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
        return CheckResult.of(NAME, wrong, "lanes " + String.join(", ", names) + " use what the catalogue says");
    }

    private static void compare(Lane lane, RunningLane clients, List<String> wrong) {
        if (!clients.applicationId().equals(lane.applicationId())) {
            wrong.add("lane %s: application.id is %s, the catalogue says %s; is this another environment?"
                    .formatted(lane.name(), clients.applicationId(), lane.applicationId()));
        }
        for (EffectiveSetting setting : lane.settings().byName().values()) {
            if (!isOverridden(setting.name(), lane)) {
                compare(lane, setting, clients, wrong);
            }
        }
    }

    /** What is set for all consumers, and for the main one in particular. */
    private static boolean isOverridden(String name, Lane lane) {
        return name.startsWith(StreamsConfig.CONSUMER_PREFIX)
                && lane.settings()
                        .get(StreamsConfig.MAIN_CONSUMER_PREFIX
                                + name.substring(StreamsConfig.CONSUMER_PREFIX.length()))
                        .isPresent();
    }

    private static void compare(Lane lane, EffectiveSetting setting, RunningLane clients, List<String> wrong) {
        Client client = CLIENTS.stream()
                .filter(each -> setting.name().startsWith(each.prefix()))
                .findFirst()
                .orElseThrow();
        String name = setting.name().substring(client.prefix().length());
        String used = clients.settings().getOrDefault(client.name(), Map.of()).get(name);
        if (used == null || !client.values().same(name, used, setting.value())) {
            wrong.add("lane %s: %s is %s, the catalogue says %s (%s)"
                    .formatted(
                            lane.name(),
                            setting.name(),
                            used == null ? "not used" : used,
                            setting.value(),
                            setting.file()));
        }
    }
}
