package io.clinicalstreams.topics.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has to be written so that the curated records of the topic are the rules of the YAML. Records of other owners are
 * neither read nor touched.
 *
 * @param puts rules that are new or different
 * @param tombstones keys of curated records that no rule has any more
 * @param unchanged how many rules stand there already
 * @param manifest which rules belong together, to be written last; null when it stands there already
 */
public record ReferencePlan(
        List<AlertRule> puts,
        List<String> tombstones,
        int unchanged,
        @Nullable RuleManifest manifest) {

    public ReferencePlan {
        puts = List.copyOf(puts);
        tombstones = List.copyOf(tombstones);
    }

    /** @param present the latest value of each key of the topic */
    public static ReferencePlan between(Collection<AlertRule> wanted, Map<String, byte[]> present) {
        Map<String, String> versions = new HashMap<>();
        Map<String, AlertRule> puts = new TreeMap<>();
        for (AlertRule rule : wanted) {
            if (!rule.id().startsWith(RuleManifest.CURATED) || rule.id().equals(RuleManifest.KEY)) {
                throw new IllegalArgumentException("not the id of a curated rule: " + rule.id());
            }
            if (versions.put(rule.id(), rule.version()) != null) {
                throw new IllegalArgumentException("two rules have the id " + rule.id());
            }
            if (!Arrays.equals(AlertRuleJson.write(rule), present.get(rule.id()))) {
                puts.put(rule.id(), rule);
            }
        }
        List<String> tombstones = new ArrayList<>();
        for (String key : new TreeSet<>(present.keySet())) {
            if (key.startsWith(RuleManifest.CURATED) && !key.equals(RuleManifest.KEY) && !versions.containsKey(key)) {
                tombstones.add(key);
            }
        }
        RuleManifest manifest = RuleManifest.of(versions);
        boolean named = Arrays.equals(manifest.toJson(), present.get(RuleManifest.KEY));
        return new ReferencePlan(
                List.copyOf(puts.values()), tombstones, versions.size() - puts.size(), named ? null : manifest);
    }

    /** True when the topic is as it should be. */
    public boolean isEmpty() {
        return puts.isEmpty() && tombstones.isEmpty() && manifest == null;
    }
}
