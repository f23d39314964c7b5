package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.KafkaNames;
import java.util.HashMap;
import java.util.Map;

/** Checks that the names on a cluster, including the lanes' internal topics, are legal and do not collide. */
final class NameRules {

    private final Catalogue catalogue;
    private final Problems problems;
    private final Map<String, String> namesByMetric = new HashMap<>();

    NameRules(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    void check() {
        for (Topic topic : catalogue.topics()) {
            String file = EffectiveValues.topicFile(topic);
            checkLength(file, "name", topic.fullName());
            checkIsNoInternalTopic(file, topic);
            checkCollisions(file, "name", topic.fullName());
        }
        for (Lane lane : catalogue.lanes()) {
            String file = CatalogueFiles.fileOf(CatalogueFiles.LANES, lane.name());
            for (String internal : lane.internalTopics()) {
                checkLength(file, "stores", internal);
                checkCollisions(file, "stores", internal);
            }
        }
    }

    private void checkLength(String file, String path, String name) {
        if (name.length() > KafkaNames.LONGEST) {
            problems.add(
                    file,
                    path,
                    "in environment %s it leads to a topic name of %d characters, more than Kafka's %d: '%s'"
                            .formatted(catalogue.environment(), name.length(), KafkaNames.LONGEST, name));
        }
    }

    /** A plan would change it, and a check would report it as undeclared. */
    private void checkIsNoInternalTopic(String file, Topic topic) {
        for (Lane lane : catalogue.lanes()) {
            String name = topic.fullName();
            boolean isInternal = name.endsWith("-changelog") || name.endsWith("-repartition");
            if (isInternal && name.startsWith(lane.applicationId() + '-')) {
                problems.add(
                        file,
                        "name",
                        "'" + topic.name() + "' has the name of an internal topic of lane " + lane.name());
            }
        }
    }

    private void checkCollisions(String file, String path, String name) {
        String other = namesByMetric.putIfAbsent(KafkaNames.inMetrics(name), name);
        if (other != null && !other.equals(name)) {
            problems.add(
                    file,
                    path,
                    ("'%s' and '%s' would have the same name in metrics, where '.' and '_' are equal: the brokers refuse"
                                    + " the second")
                            .formatted(name, other));
        }
    }
}
