package io.clinicalstreams.verifier.rule;

import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every version of every rule that is in the topic, and until when it may be used.
 *
 * @param byId in the order in which they were written; without those of kind silence
 * @param silences ids of rules of that kind
 */
public record RuleVersions(Map<String, List<Written>> byId, Set<String> silences) {

    /** A lane reads the rules and the input on two paths, and two clocks stamp them. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    /** @param rule null when the rule was removed */
    private record Written(@Nullable OracleRule rule, Instant at) {}

    public static RuleVersions read(TopicSource source, VerifiedTopics topics) {
        RuleVersions versions = new RuleVersions(new HashMap<>(), new HashSet<>());
        source.read(topics.alertRules(), Mark.BEGINNING, record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() != null && SilenceRule.isOne(record.value())) {
                versions.silences.add(key);
            } else if (!OracleRule.isManifest(key)) {
                OracleRule rule = record.value() == null ? null : OracleRule.parse(record.value());
                versions.byId
                        .computeIfAbsent(key, any -> new ArrayList<>())
                        .add(new Written(rule, Instant.ofEpochMilli(record.timestamp())));
            }
        });
        return versions;
    }

    /** The latest version; null when there never was one. */
    @Nullable
    public OracleRule latest(String id) {
        return all(id).stream()
                .map(Written::rule)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** Whether it is or was of kind silence. */
    public boolean isSilence(String id) {
        return silences.contains(id);
    }

    public boolean isRemoved(String id) {
        List<Written> all = all(id);
        return !all.isEmpty() && all.get(all.size() - 1).rule() == null;
    }

    /** Whether there was more than one version. */
    public boolean isChanged(String id) {
        return all(id).size() > 1;
    }

    /** Whether it had one incident for each analyte and one for all. */
    public boolean isOfSeveralKinds(String id) {
        return all(id).stream()
                        .map(Written::rule)
                        .filter(Objects::nonNull)
                        .map(OracleRule::isByAnalyte)
                        .distinct()
                        .count()
                > 1;
    }

    /** Null when it is not in the topic. */
    @Nullable
    public OracleRule find(String id, String version) {
        return all(id).stream()
                .map(Written::rule)
                .filter(rule -> rule != null && rule.version().equals(version))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** Whether input of that time may still be evaluated with that version; a replaced one may be compacted away. */
    public boolean isInUse(String id, String version, Instant at) {
        List<Written> all = all(id);
        if (all.isEmpty()) {
            return false;
        }
        boolean used = find(id, version) == null;
        for (Written each : all) {
            boolean isIt = each.rule() != null && each.rule().version().equals(version);
            used = isIt || (used && !each.at().plus(GRACE).isBefore(at));
        }
        return used;
    }

    private List<Written> all(String id) {
        return byId.getOrDefault(id, List.of());
    }
}
