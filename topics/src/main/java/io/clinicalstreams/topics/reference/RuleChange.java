package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One field of a rule that differs between the topic and a file.
 *
 * @param field path in the rule's JSON, such as {@code variants.0.levels.high}; empty for a rule that is added or removed
 * @param now value in the topic; null if there is none
 * @param wanted value in the file; null if there is none
 */
public record RuleChange(
        String id,
        String field,
        @Nullable String now,
        @Nullable String wanted) {

    /** A limit that changes by more than this factor is more likely a typing error or a wrong unit than a decision. */
    private static final BigDecimal MOST = BigDecimal.valueOf(3);

    /** Fields derived from the others. */
    private static final Set<String> DERIVED = Set.of("id", "version");

    static List<RuleChange> between(String id, byte @Nullable [] now, byte @Nullable [] wanted) {
        if (now == null || wanted == null) {
            return List.of(new RuleChange(id, "", title(now), title(wanted)));
        }
        Map<String, String> before = fields(now);
        Map<String, String> after = fields(wanted);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeAll(DERIVED);
        List<RuleChange> changes = new ArrayList<>();
        for (String name : names) {
            RuleChange change = new RuleChange(id, name, before.get(name), after.get(name));
            if (change.now == null || !change.now.equals(change.wanted)) {
                changes.add(change);
            }
        }
        return changes.isEmpty() ? List.of(new RuleChange(id, "", "written differently", title(wanted))) : changes;
    }

    /** How a limit jumps, if it changes by more than threefold, to or from zero, or in direction: {@code x 10}. */
    Optional<String> jump() {
        Optional<Limit> from = Optional.ofNullable(now).flatMap(Limit::parse);
        Optional<Limit> to = Optional.ofNullable(wanted).flatMap(Limit::parse);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal one = from.get().value();
        BigDecimal other = to.get().value();
        if (from.get().isUpward() != to.get().isUpward()) {
            return Optional.of("changes its direction");
        }
        if (one.signum() != other.signum()) {
            return Optional.of(one.signum() * other.signum() < 0 ? "changes its sign" : "to or from zero");
        }
        BigDecimal small = one.abs().min(other.abs());
        BigDecimal large = one.abs().max(other.abs());
        return small.signum() == 0 || large.compareTo(small.multiply(MOST)) <= 0
                ? Optional.empty()
                : Optional.of("x " + other.divide(one, new MathContext(2)).toPlainString());
    }

    private static @Nullable String title(byte @Nullable [] json) {
        return json == null ? null : fields(json).getOrDefault("title", "not a rule");
    }

    /** Every value of a document by its path; empty if it is not JSON. */
    private static Map<String, String> fields(byte[] json) {
        Map<String, String> fields = new TreeMap<>();
        try {
            collect("", new ObjectMapper().readTree(json), fields);
        } catch (IOException notJson) {
            return fields;
        }
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, String> fields) {
        if (node.isValueNode()) {
            fields.put(path, node.asText());
        }
        String prefix = path.isEmpty() ? "" : path + '.';
        node.properties().forEach(entry -> collect(prefix + entry.getKey(), entry.getValue(), fields));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(prefix + i, node.get(i), fields);
            }
        }
    }
}
