package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.RuleManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks that the alert rules are in their topic, readable, complete and unchanged. A manifest is computed from the
 * rules' versions, and a version from the rule's content, so that no limit can change unnoticed. An owner other than
 * {@code curated} may omit the manifest; then its versions are not checked.
 */
final class ReferenceCheck {

    static final String NAME = "reference-data";

    private ReferenceCheck() {}

    /** @param present the latest value of each key */
    static CheckResult of(Map<String, byte[]> present) {
        List<String> wrong = new ArrayList<>();
        Map<String, String> versions = new TreeMap<>();
        for (Map.Entry<String, byte[]> record : new TreeMap<>(present).entrySet()) {
            if (!RuleManifest.isKey(record.getKey())) {
                try {
                    AlertRule rule = AlertRuleJson.read(record.getKey(), record.getValue());
                    versions.put(rule.id(), rule.version());
                    if (hasManifest(rule, present) && !AlertRuleJson.isOfItsVersion(rule)) {
                        wrong.add(rule.id() + " does not match its version " + rule.version()
                                + ": it was changed by hand. Run " + repair(RuleManifest.ownerOf(rule.id())));
                    }
                } catch (CatalogueException unusable) {
                    wrong.addAll(String.valueOf(unusable.getMessage()).lines().toList());
                }
            }
        }
        if (!present.containsKey(RuleManifest.keyOf(RuleManifest.CURATED))) {
            wrong.add("there are no curated alert rules" + (versions.isEmpty() ? ": the alerting lane waits" : "")
                    + ". Run " + repair(RuleManifest.CURATED));
        }
        present.forEach((key, value) -> {
            if (RuleManifest.isKey(key)) {
                checkManifest(key, value, RuleManifest.of(RuleManifest.ownerOf(key), versions), wrong);
            }
        });
        return CheckResult.of(NAME, wrong, versions.size() + " alert rules");
    }

    private static boolean hasManifest(AlertRule rule, Map<String, byte[]> present) {
        String owner = RuleManifest.ownerOf(rule.id());
        return owner.equals(RuleManifest.CURATED) || present.containsKey(RuleManifest.keyOf(owner));
    }

    /** The curated rules are built in; another owner's rules are in that owner's folder. */
    private static String repair(String owner) {
        return owner.equals(RuleManifest.CURATED)
                ? "'topics reference apply'"
                : "'topics reference apply --rules FOLDER' with the rules of " + owner.replace("/", "");
    }

    private static void checkManifest(String key, byte[] written, RuleManifest actual, List<String> wrong) {
        try {
            RuleManifest manifest = RuleManifest.parse(written);
            if (!manifest.equals(actual)) {
                wrong.add("%s names %d rules of version %s, there are %d of version %s: run %s"
                        .formatted(
                                key,
                                manifest.rules(),
                                manifest.version(),
                                actual.rules(),
                                actual.version(),
                                repair(RuleManifest.ownerOf(key))));
            }
        } catch (IllegalArgumentException unreadable) {
            wrong.add(key + ": " + unreadable.getMessage());
        }
    }
}
