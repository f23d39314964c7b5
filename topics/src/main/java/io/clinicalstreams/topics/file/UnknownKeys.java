package io.clinicalstreams.topics.file;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.problem.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds every key in a file that the record it is read into does not have, at any depth. */
final class UnknownKeys {

    private final JsonMapper mapper;
    private final Problems problems;

    UnknownKeys(JsonMapper mapper, Problems problems) {
        this.mapper = mapper;
        this.problems = problems;
    }

    void find(String file, JsonNode content, Class<?> type) {
        find(file, "", content, mapper.constructType(type));
    }

    private void find(String file, String path, JsonNode node, JavaType type) {
        if (type.isMapLikeType()) {
            node.properties()
                    .forEach(entry -> find(file, below(path, entry.getKey()), entry.getValue(), type.getContentType()));
        } else if (type.isCollectionLikeType()) {
            for (int index = 0; index < node.size(); index++) {
                find(file, below(path, String.valueOf(index)), node.path(index), type.getContentType());
            }
        } else if (type.getRawClass().isRecord()) {
            Map<String, BeanPropertyDefinition> known = propertiesOf(type);
            node.properties().forEach(entry -> {
                String place = below(path, entry.getKey());
                BeanPropertyDefinition property = known.get(entry.getKey());
                if (property == null) {
                    problems.add(file, place, "is not known here; known are " + String.join(", ", known.keySet()));
                } else {
                    find(file, place, entry.getValue(), property.getPrimaryType());
                }
            });
        }
    }

    private Map<String, BeanPropertyDefinition> propertiesOf(JavaType type) {
        return mapper.getDeserializationConfig().introspect(type).findProperties().stream()
                .filter(BeanPropertyDefinition::hasConstructorParameter)
                .collect(Collectors.toMap(
                        BeanPropertyDefinition::getName,
                        Function.identity(),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }
}
