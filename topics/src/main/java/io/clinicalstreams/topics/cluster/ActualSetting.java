package io.clinicalstreams.topics.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A setting as it takes effect on a topic of the cluster.
 *
 * @param setOnTopic whether it is set on the topic itself, and not inherited from the brokers or Kafka's defaults
 * @param inherited what would take effect if it were not set on the topic; null when the cluster does not say
 */
public record ActualSetting(
        String value, boolean setOnTopic, @Nullable String inherited) {}
