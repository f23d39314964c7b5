package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code alert-rules.yaml} in the form of {@link RuleFile}, with the checks for rules that an author writes. */
public final class AlertRuleYaml {

    static final String FILE = "alert-rules.yaml";
    private static final String ON_CLASS_PATH = "clinical-streams/reference/" + FILE;

    private AlertRuleYaml() {}

    /**
     * Rules of one owner.
     *
     * @param owner prefix of the rules' ids, such as {@code curated/}
     */
    record Owned(String owner, List<AlertRule> rules) {}

    /**
     * The built-in rules.
     *
     * @throws CatalogueException if anything is wrong with them
     */
    public static List<AlertRule> load() {
        try (InputStream file = AlertRuleYaml.class.getClassLoader().getResourceAsStream(ON_CLASS_PATH)) {
            if (file == null) {
                throw unusable(ON_CLASS_PATH, "is not on the class path");
            }
            return read(ON_CLASS_PATH, new String(file.readAllBytes(), StandardCharsets.UTF_8)).rules;
        } catch (IOException unreadable) {
            throw unusable(ON_CLASS_PATH, "cannot be read");
        }
    }

    /**
     * The rules in a folder.
     *
     * @throws CatalogueException if anything is wrong with them
     */
    static Owned load(Path folder) {
        if (Files.isRegularFile(folder)) {
            throw unusable(folder.toString(), "is a file; name the folder with " + FILE);
        }
        return loadFile(folder.resolve(FILE));
    }

    private static Owned loadFile(Path file) {
        try {
            return read(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw unusable(file.toString(), IoReason.predicate(unreadable));
        }
    }

    /**
     * The records that {@code topics reference apply} would write for these rules to an empty topic, by key.
     *
     * @param files rule files, or folders with an {@code alert-rules.yaml}, each of another owner; none for the built-in rules
     * @throws CatalogueException if anything is wrong with them
     */
    public static Map<String, byte[]> records(List<Path> files) {
        if (files.isEmpty()) {
            return records(new Owned(RuleManifest.CURATED, load()), Map.of());
        }
        Map<String, byte[]> records = new LinkedHashMap<>();
        Set<String> owners = new HashSet<>();
        for (Path file : files) {
            Owned owned = Files.isDirectory(file) ? load(file) : loadFile(file);
            if (!owners.add(owned.owner)) {
                throw unusable(file.toString(), "is the second file of the owner " + owned.owner.replace("/", ""));
            }
            records.putAll(records(owned, records));
        }
        return records;
    }

    private static Map<String, byte[]> records(Owned owned, Map<String, byte[]> present) {
        Map<String, byte[]> records = new LinkedHashMap<>();
        ReferencePlan plan = ReferencePlan.between(owned.owner, owned.rules, present);
        plan.puts().forEach(rule -> records.put(rule.id(), AlertRuleJson.write(rule)));
        if (plan.manifest() != null) {
            records.put(RuleManifest.keyOf(owned.owner), plan.manifest().toJson());
        }
        return records;
    }

    static Owned read(String file, String yaml) {
        Problems problems = new Problems();
        RuleFile content =
                problems.orRefuse(new YamlReader(problems).read(new CatalogueFile(file, yaml), RuleFile.class));
        List<AlertRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (RuleFile.Written written : content.rules()) {
            String path = "rules." + written.id();
            try {
                AlertRule rule = content.rule(written);
                if (!ids.add(rule.id()) || RuleManifest.isKey(rule.id())) {
                    problems.add(file, path + ".id", "is duplicated");
                }
                RuleChecks.checkWritten(rule, file, path, problems);
                rules.add(rule);
            } catch (IllegalArgumentException refused) {
                problems.add(file, path, refused);
            }
        }
        RuleChecks.checkTogether(rules, rules, file, problems);
        problems.refuse();
        return new Owned(content.prefix(), rules);
    }

    private static CatalogueException unusable(String file, String why) {
        return new CatalogueException(List.of(new Problem(file, "", why)));
    }
}
