package io.clinicalstreams.topics.access;

import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** Whether two resource patterns of access rules can match the same resource. */
final class Overlap {

    private Overlap() {}

    static boolean of(ResourcePattern one, ResourcePattern other) {
        return one.resourceType() == other.resourceType()
                && (covers(one, other.name()) || covers(other, one.name()) || isAll(one) || isAll(other));
    }

    private static boolean covers(ResourcePattern pattern, String name) {
        return pattern.patternType() == PatternType.PREFIXED
                ? name.startsWith(pattern.name())
                : name.equals(pattern.name());
    }

    private static boolean isAll(ResourcePattern pattern) {
        return pattern.patternType() == PatternType.LITERAL && pattern.name().equals(ResourcePattern.WILDCARD_RESOURCE);
    }
}
