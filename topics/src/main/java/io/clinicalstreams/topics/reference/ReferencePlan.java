package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problems;
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
 * The writes that make an owner's records in the topic match the rules of a file. Records of other owners are not
 * touched.
 *
 * @param owner prefix of the rules' ids, such as {@code curated/}
 * @param changes changed fields of every rule that is put or removed
 * @param puts new and changed rules
 * @param tombstones keys of the owner's records that are no longer in the file
 * @param unchanged number of rules that are already in the topic
 * @param manifest the owner's rule set; null if it is already in the topic
 * @param manifestFirst whether the manifest is written before the rules: without it, the first rules of an owner other
 *     than {@code curated} would count as a complete set
 */
public record ReferencePlan(
        String owner,
        List<RuleChange> changes,
        List<AlertRule> puts,
        List<String> tombstones,
        int unchanged,
        @Nullable RuleManifest manifest,
        boolean manifestFirst) {

    public ReferencePlan {
        changes = List.copyOf(changes);
        puts = List.copyOf(puts);
        tombstones = List.copyOf(tombstones);
    }

    /**
     * @param owner as the prefix of ids
     * @param wanted rules of the owner; without any, all that it has are removed
     * @param present the latest value of each key of the topic
     * @throws CatalogueException if a wanted rule contradicts another owner's rule
     */
    static ReferencePlan between(String owner, Collection<AlertRule> wanted, Map<String, byte[]> present) {
        checkAgainstOthers(owner, wanted, present);
        Map<String, String> versions = new HashMap<>();
        Map<String, AlertRule> puts = new TreeMap<>();
        List<RuleChange> changes = new ArrayList<>();
        for (AlertRule rule : wanted) {
            if (!rule.id().startsWith(owner) || RuleManifest.isKey(rule.id())) {
                throw new IllegalArgumentException("rule id of another owner than " + owner + ": " + rule.id());
            }
            if (versions.put(rule.id(), rule.version()) != null) {
                throw new IllegalArgumentException("two rules have the id " + rule.id());
            }
            byte[] json = AlertRuleJson.write(rule);
            if (!Arrays.equals(json, present.get(rule.id()))) {
                puts.put(rule.id(), rule);
                changes.addAll(RuleChange.between(rule.id(), present.get(rule.id()), json));
            }
        }
        List<String> tombstones = new ArrayList<>();
        for (String key : new TreeSet<>(present.keySet())) {
            if (key.startsWith(owner) && !RuleManifest.isKey(key) && !versions.containsKey(key)) {
                tombstones.add(key);
                changes.addAll(RuleChange.between(key, present.get(key), null));
            }
        }
        RuleManifest manifest = RuleManifest.of(owner, versions);
        boolean named = Arrays.equals(manifest.toJson(), present.get(RuleManifest.keyOf(owner)));
        return new ReferencePlan(
                owner,
                changes,
                List.copyOf(puts.values()),
                tombstones,
                versions.size() - puts.size(),
                named ? null : manifest,
                !owner.equals(RuleManifest.CURATED) && !present.containsKey(RuleManifest.keyOf(owner)));
    }

    private static void checkAgainstOthers(String owner, Collection<AlertRule> wanted, Map<String, byte[]> present) {
        List<AlertRule> others = new ArrayList<>();
        present.forEach((key, json) -> {
            if (!key.startsWith(owner) && !RuleManifest.isKey(key)) {
                try {
                    others.add(AlertRuleJson.read(key, json));
                } catch (CatalogueException unreadable) {
                    // Its owner's to mend: topics check names it.
                }
            }
        });
        Problems problems = new Problems();
        RuleChecks.checkTogether(wanted, others, AlertRuleYaml.FILE, problems);
        problems.refuse();
    }

    /** True if the topic needs no change. */
    public boolean isEmpty() {
        return puts.isEmpty() && tombstones.isEmpty() && manifest == null;
    }
}
