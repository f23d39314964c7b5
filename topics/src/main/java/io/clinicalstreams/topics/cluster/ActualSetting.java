package io.clinicalstreams.topics.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A setting in effect on a topic of the cluster.
 *
 * @param setOnTopic whether it is set on the topic itself, not inherited from the brokers or Kafka's defaults
 * @param inherited the value in effect if it were not set on the topic; null if the cluster does not report it
 */
public record ActualSetting(
        String value, boolean setOnTopic, @Nullable String inherited) {}
