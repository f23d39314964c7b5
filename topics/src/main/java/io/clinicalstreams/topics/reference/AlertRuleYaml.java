package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.reference.Fields.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Alert rules as their authors write them: {@code alert-rules.yaml}, with {@code owner} ({@code curated} unless given),
 * {@code defaults} (max-age, cool-down, age) and {@code rules}. Ids have no owner there; codes are LOINC where they are plain
 * texts.
 */
public final class AlertRuleYaml {

    static final String FILE = "alert-rules.yaml";
    private static final String ON_CLASS_PATH = "clinical-streams/reference/" + FILE;
    private static final String CURATED = "curated";
    private static final Pattern OWNER = Pattern.compile("[a-z0-9][a-z0-9._-]*/");
    private static final List<String> DEFAULTS = List.of("maxAge", "coolDown", "age");

    private AlertRuleYaml() {}

    /**
     * The rules that come with the program.
     *
     * @throws ReferenceException when anything is wrong with them
     */
    public static List<AlertRule> load() {
        try (InputStream file = AlertRuleYaml.class.getClassLoader().getResourceAsStream(ON_CLASS_PATH)) {
            if (file == null) {
                throw unusable(ON_CLASS_PATH, "is not on the class path");
            }
            return read(ON_CLASS_PATH, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw unusable(ON_CLASS_PATH, "cannot be read");
        }
    }

    /**
     * The rules in a folder.
     *
     * @throws ReferenceException when anything is wrong with them
     */
    public static List<AlertRule> load(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return read(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw unusable(file.toString(), Files.exists(file) ? "cannot be read" : "does not exist");
        }
    }

    static List<AlertRule> read(String file, String yaml) {
        Notes notes = new Notes(file);
        List<AlertRule> rules = rules(tree(file, yaml), notes);
        notes.refuse();
        return rules.stream().map(AlertRuleJson::versioned).toList();
    }

    private static List<AlertRule> rules(JsonNode tree, Notes notes) {
        AlertRuleReader reader = new AlertRuleReader(notes, Names.KEBAB_CASE);
        Fields document = new Fields(tree, "", Names.KEBAB_CASE, notes);
        Fields defaults = document.has("defaults") ? document.object("defaults") : reader.nothing();
        String owner = (document.has("owner") ? document.text("owner") : CURATED) + '/';
        if (!OWNER.matcher(owner).matches()) {
            document.problem("owner", "must be made of a-z, 0-9, '-', '_' and '.'");
        }
        List<AlertRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode node : document.list("rules")) {
            String path = "rules." + node.path("id").asText(String.valueOf(rules.size()));
            AlertRule rule = reader.read(node, path, owner, defaults);
            if (!ids.add(rule.id()) || RuleManifest.isKey(rule.id())) {
                notes.add(path + ".id", "is taken");
            }
            rules.add(rule);
        }
        RuleChecks.checkTogether(rules, notes);
        DEFAULTS.forEach(defaults::has);
        defaults.refuseOthers();
        document.refuseOthers();
        return rules;
    }

    private static JsonNode tree(String file, String yaml) {
        try {
            return JsonMapper.builder(new YAMLFactory())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(yaml);
        } catch (JsonProcessingException notYaml) {
            String reason = notYaml.getOriginalMessage().lines().findFirst().orElse("cannot be read");
            int line = notYaml.getLocation() == null ? 0 : notYaml.getLocation().getLineNr();
            throw unusable(file, reason + (line > 0 ? " (line " + line + ')' : ""));
        }
    }

    private static ReferenceException unusable(String file, String why) {
        return new ReferenceException(List.of(new Problem(file, "", why)));
    }
}
