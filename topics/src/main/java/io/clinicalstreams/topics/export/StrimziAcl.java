package io.clinicalstreams.topics.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clinicalstreams.topics.access.Grant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a {@code KafkaUser}: several operations on one resource, allowed from any host, Strimzi's default.
 *
 * @param operations Strimzi's names, for example {@code AlterConfigs}
 */
record StrimziAcl(Resource resource, List<String> operations) {

    /** The rule's resource; the cluster has no name. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Resource(
            String type, @Nullable String name, @Nullable String patternType) {

        static Resource of(ResourcePattern pattern) {
            if (pattern.resourceType() == ResourceType.CLUSTER) {
                return new Resource("cluster", null, null);
            }
            return new Resource(
                    typeOf(pattern.resourceType()),
                    pattern.name(),
                    pattern.patternType() == PatternType.PREFIXED ? "prefix" : "literal");
        }

        private static String typeOf(ResourceType type) {
            return type == ResourceType.TRANSACTIONAL_ID
                    ? "transactionalId"
                    : type.name().toLowerCase(Locale.ROOT);
        }
    }

    static List<StrimziAcl> of(List<Grant> grants) {
        Map<ResourcePattern, List<Grant>> byResource = grants.stream()
                .collect(Collectors.groupingBy(Grant::resource, LinkedHashMap::new, Collectors.toList()));
        return byResource.entrySet().stream()
                .map(entry -> new StrimziAcl(
                        Resource.of(entry.getKey()),
                        entry.getValue().stream()
                                .map(grant -> nameOf(grant.operation()))
                                .distinct()
                                .toList()))
                .toList();
    }

    private static String nameOf(AclOperation operation) {
        return Arrays.stream(operation.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
