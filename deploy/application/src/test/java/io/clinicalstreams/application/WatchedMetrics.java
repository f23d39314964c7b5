package io.clinicalstreams.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The metrics that the rules of {@code deploy/prometheus} and the dashboards of {@code deploy/grafana} name.
 *
 * @param used by an expression
 * @param recorded by a rule, so that others may use them
 */
record WatchedMetrics(Set<String> used, Set<String> recorded) {

    private static final Path DEPLOY = Path.of(System.getProperty("project.root", "../.."), "deploy");
    private static final Path RULES = DEPLOY.resolve("prometheus/rules.yaml");
    private static final Path DASHBOARDS = DEPLOY.resolve("grafana");

    /** What is not a metric's name: texts, ranges, selectors, and lists of labels. */
    private static final Pattern OTHERS = Pattern.compile(
            "\"[^\"]*\"|\\[[^]]*]|\\{[^}]*}" + "|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

    /** Names that no parenthesis follows; those are functions. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*(?![\\w:]|\\s*\\()");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "offset");

    static WatchedMetrics read() throws IOException {
        Set<String> used = new TreeSet<>();
        Set<String> recorded = new TreeSet<>();
        for (JsonNode rule : new YAMLMapper().readTree(RULES.toFile()).findParents("expr")) {
            used.addAll(namesIn(rule.path("expr").asText()));
            if (rule.has("record")) {
                recorded.add(rule.path("record").asText());
            }
        }
        for (Path dashboard : dashboards()) {
            for (JsonNode query :
                    new ObjectMapper().readTree(dashboard.toFile()).findValues("expr")) {
                used.addAll(namesIn(query.asText()));
            }
        }
        return new WatchedMetrics(used, recorded);
    }

    static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** Those that a scrape must have. */
    Set<String> scraped() {
        Set<String> scraped = new TreeSet<>(used);
        scraped.removeAll(recorded);
        return scraped;
    }

    static Set<String> namesIn(String promQl) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(OTHERS.matcher(promQl).replaceAll(" "));
        while (name.find()) {
            if (!OPERATORS.contains(name.group())) {
                names.add(name.group());
            }
        }
        return names;
    }
}
