package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualSetting;
import io.clinicalstreams.topics.cluster.BrokerLimits;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.render.StreamsClient;
import io.clinicalstreams.topics.setting.BrokerDefinitions;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the brokers have set, compared with what the environment says of them, with what the lanes need, and with Kafka's
 * defaults on which topics of the catalogue rely. Nothing changes brokers; the differences are shown.
 *
 * @param topics the catalogue's topics on the cluster
 */
public record BrokerComparison(Catalogue catalogue, ClusterState topics, BrokerLimits brokers) {

    private static final SettingValues TOPIC_VALUES = new SettingValues(TopicDefinitions.configDef());
    private static final SettingValues BROKER_VALUES = new SettingValues(BrokerDefinitions.configDef());
    private static final SettingDefinitions DEFINITIONS = new SettingDefinitions();

    /** One line for each difference. */
    public List<String> differences() {
        Stream<String> refusals = catalogue.lanes().stream()
                .flatMap(lane -> refusals(lane.name(), StreamsClient.config(lane), brokers).stream());
        return Stream.concat(refusals, withoutLanes().stream()).toList();
    }

    /** The same without the needs of lanes. */
    public List<String> withoutLanes() {
        return Stream.concat(stated().stream(), inherited().stream()).toList();
    }

    /** Brokers that did not answer, one line each; they may differ too. */
    public List<String> unknown() {
        return brokers.unknown().entrySet().stream()
                .map(each -> "broker " + each.getKey() + ": unknown, " + each.getValue())
                .toList();
    }

    /** Differences from what the environment's file says of its brokers. */
    private List<String> stated() {
        List<String> lines = new ArrayList<>();
        catalogue.where().broker().plain().forEach((name, stated) -> brokers.byBroker()
                .forEach((broker, limits) -> {
                    String actual = limits.get(name);
                    if (actual != null && !BROKER_VALUES.same(name, actual, stated)) {
                        lines.add("broker %s: %s is %s, environments/%s.yaml says %s"
                                .formatted(broker, name, actual, catalogue.environment(), stated.strip()));
                    }
                }));
        return lines;
    }

    /**
     * Why brokers would refuse a lane's clients, one line for each setting.
     *
     * @param config of the lane, overrides included
     */
    public static List<String> refusals(String lane, StreamsConfig config, BrokerLimits brokers) {
        Map<String, ?> producer = config.getProducerConfigs("any");
        Map<String, ?> consumer = config.getMainConsumerConfigs("any", "any", 0);
        long transaction = number(producer, ProducerConfig.configDef(), ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        long session = number(consumer, ConsumerConfig.configDef(), ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        long request = number(producer, ProducerConfig.configDef(), ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        boolean isExactlyOnce =
                StreamsConfig.EXACTLY_ONCE_V2.equals(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        List<String> lines = new ArrayList<>();
        brokers.byBroker().forEach((broker, limits) -> {
            Refusal refusal = new Refusal(lane, broker, limits, lines);
            if (isExactlyOnce) {
                refusal.unless(
                        BrokerDefinitions.TRANSACTION_MAX_TIMEOUT,
                        most -> transaction <= most,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        transaction);
            }
            refusal.unless(
                    BrokerDefinitions.SESSION_AT_LEAST,
                    least -> session >= least,
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                    session);
            refusal.unless(
                    BrokerDefinitions.SESSION_AT_MOST,
                    most -> session <= most,
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                    session);
            refusal.unless(
                    BrokerDefinitions.REQUEST_MAX_BYTES,
                    most -> request <= most,
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    request);
        });
        return lines;
    }

    private record Refusal(String lane, String broker, Map<String, String> limits, List<String> lines) {

        void unless(String limit, LongPredicate allows, String name, long value) {
            String actual = limits.get(limit);
            if (actual != null && !allows.test(Long.parseLong(actual))) {
                lines.add("broker %s: %s is %s, so it refuses lane %s, whose %s is %d"
                        .formatted(broker, limit, actual, lane, name, value));
            }
        }
    }

    private static long number(Map<String, ?> given, ConfigDef definitions, String name) {
        Object value = given.get(name);
        return Long.parseLong(
                String.valueOf(value == null ? definitions.defaultValues().get(name) : value));
    }

    /** Values that topics inherit from the brokers where the catalogue relies on Kafka's default, if records suffer. */
    private List<String> inherited() {
        Map<String, List<String>> byValue = new LinkedHashMap<>();
        for (Topic topic : catalogue.topics()) {
            topics.topic(topic.fullName()).ifPresent(actual -> actual.settings().forEach((name, setting) -> {
                String line = inherited(topic, name, setting);
                if (!line.isEmpty()) {
                    byValue.computeIfAbsent(line, each -> new ArrayList<>()).add(topic.fullName());
                }
            }));
        }
        return byValue.entrySet().stream()
                .map(each -> each.getKey() + "; inherited by " + String.join(", ", each.getValue()))
                .sorted()
                .toList();
    }

    private static String inherited(Topic topic, String name, ActualSetting setting) {
        String byDefault = DEFINITIONS.defaultOf(Section.TOPIC, name).orElse(null);
        boolean isUnused = name.startsWith("retention.") && !topic.cleanup().isDeleted();
        if (setting.setOnTopic()
                || topic.settings().get(name).isPresent()
                || byDefault == null
                || isUnused
                || TOPIC_VALUES.same(name, setting.value(), byDefault)) {
            return "";
        }
        SettingEffect effect = SettingEffect.of(name, byDefault, setting.value());
        return effect.effect() == Effect.DISRUPTIVE
                ? "%s is %s by the brokers' settings, and the catalogue relies on Kafka's default, %s: %s"
                        .formatted(name, setting.value(), byDefault, effect.why())
                : "";
    }
}
