package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.ReferenceException;
import io.clinicalstreams.topics.reference.RuleManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the alert rules in their topic are there, readable, complete and unchanged. The manifest is made of the
 * rules' versions, and a curated rule's version of its content, so that no limit changes unnoticed; other owners count
 * as they like.
 */
final class ReferenceCheck {

    static final String NAME = "reference-data";

    private ReferenceCheck() {}

    /** @param present the latest value of each key */
    static CheckResult of(Map<String, byte[]> present) {
        List<String> wrong = new ArrayList<>();
        Map<String, String> versions = new TreeMap<>();
        for (Map.Entry<String, byte[]> record : new TreeMap<>(present).entrySet()) {
            if (!record.getKey().equals(RuleManifest.KEY)) {
                try {
                    AlertRule rule = AlertRuleJson.read(record.getKey(), record.getValue());
                    versions.put(rule.id(), rule.version());
                    if (rule.id().startsWith(RuleManifest.CURATED) && !AlertRuleJson.isOfItsVersion(rule)) {
                        wrong.add(rule.id() + " is not what version " + rule.version()
                                + " says: somebody changed it. Run 'topics reference apply'");
                    }
                } catch (ReferenceException unusable) {
                    wrong.addAll(String.valueOf(unusable.getMessage()).lines().toList());
                }
            }
        }
        checkManifest(present.get(RuleManifest.KEY), RuleManifest.of(versions), wrong);
        return CheckResult.of(NAME, wrong, versions.size() + " alert rules");
    }

    private static void checkManifest(byte @Nullable [] written, RuleManifest actual, List<String> wrong) {
        if (written == null) {
            wrong.add("there are no alert rules: the alerting lane waits. Run 'topics reference apply'");
            return;
        }
        try {
            RuleManifest manifest = RuleManifest.parse(written);
            if (!manifest.equals(actual)) {
                wrong.add(("the manifest names %d curated rules of version %s, there are %d of version %s:"
                                + " run 'topics reference apply'")
                        .formatted(manifest.rules(), manifest.version(), actual.rules(), actual.version()));
            }
        } catch (IllegalArgumentException unreadable) {
            wrong.add(RuleManifest.KEY + ": " + unreadable.getMessage());
        }
    }
}
