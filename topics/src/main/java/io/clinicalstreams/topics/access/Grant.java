package io.clinicalstreams.topics.access;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One permission that one part of the system requires.
 *
 * @param role the role that needs it, for example {@code gateway}
 * @param binding the rule as Kafka stores it
 * @param why what the role uses it for
 */
public record Grant(String role, AclBinding binding, String why) {

    private static final String FROM_ANYWHERE = "*";
    private static final String CLUSTER = "kafka-cluster";

    static Grant on(String role, String principal, ResourcePattern pattern, AclOperation operation, String why) {
        AccessControlEntry entry = new AccessControlEntry(principal, FROM_ANYWHERE, operation, AclPermissionType.ALLOW);
        return new Grant(role, new AclBinding(pattern, entry), why);
    }

    static ResourcePattern topic(String name) {
        return new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL);
    }

    static ResourcePattern topicsFrom(String beginning) {
        return new ResourcePattern(ResourceType.TOPIC, beginning, PatternType.PREFIXED);
    }

    static ResourcePattern group(String name) {
        return new ResourcePattern(ResourceType.GROUP, name, PatternType.LITERAL);
    }

    static ResourcePattern groupsFrom(String beginning) {
        return new ResourcePattern(ResourceType.GROUP, beginning, PatternType.PREFIXED);
    }

    static ResourcePattern transactionsFrom(String beginning) {
        return new ResourcePattern(ResourceType.TRANSACTIONAL_ID, beginning, PatternType.PREFIXED);
    }

    static ResourcePattern cluster() {
        return new ResourcePattern(ResourceType.CLUSTER, CLUSTER, PatternType.LITERAL);
    }

    public String principal() {
        return binding.entry().principal();
    }

    public AclOperation operation() {
        return binding.entry().operation();
    }

    public ResourcePattern resource() {
        return binding.pattern();
    }

    /** For example {@code User:clinical-gateway may write on topic clinical.resource.received}. */
    static String line(AclBinding binding) {
        AccessControlEntry entry = binding.entry();
        String rule = entry.principal() + " may " + operation(binding) + " on " + resource(binding.pattern());
        return (rule + ' ' + from(binding)).stripTrailing();
    }

    /** For example {@code write}, or {@code not write} if it is denied. */
    public static String operation(AclBinding binding) {
        String not = binding.entry().permissionType() == AclPermissionType.DENY ? "not " : "";
        return not + words(binding.entry().operation());
    }

    /** For example {@code from 10.0.0.7}; empty if it applies to every host. */
    public static String from(AclBinding binding) {
        String host = binding.entry().host();
        return host.equals(FROM_ANYWHERE) ? "" : "from " + host;
    }

    /** For example {@code topic clinical.resource.received}; a prefix ends in a star. */
    public static String resource(ResourcePattern pattern) {
        if (pattern.resourceType() == ResourceType.CLUSTER) {
            return "the cluster";
        }
        String begins = pattern.patternType() == PatternType.PREFIXED ? "*" : "";
        return words(pattern.resourceType()) + ' ' + pattern.name() + begins;
    }

    /** Kafka's constants in lower case, for example {@code alter configs}. */
    public static String words(Enum<?> constant) {
        return constant.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** The rule in words. */
    @Override
    public String toString() {
        return line(binding);
    }
}
