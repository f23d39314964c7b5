package io.clinicalstreams.topics.load;

import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.ClientFile;
import io.clinicalstreams.topics.file.EnvironmentFile;
import io.clinicalstreams.topics.file.LaneFile;
import io.clinicalstreams.topics.file.ProfileFile;
import io.clinicalstreams.topics.file.TopicFile;
import io.clinicalstreams.topics.problem.Problems;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resolves every reference by name between files of the catalogue, and reports missing names, duplicates and cycles.
 */
record NameResolution(
        Map<String, TopicFile> topics,
        Map<String, LaneFile> lanes,
        Map<String, ClientFile> clients,
        Map<String, ProfileFile> profiles,
        Problems problems) {

    void follow(Collection<EnvironmentFile> environments) {
        profiles.values().forEach(this::followParents);
        topics.values()
                .forEach(topic ->
                        followProfile(CatalogueFiles.fileOf(CatalogueFiles.TOPICS, topic.name()), topic.profile()));
        lanes.values().forEach(this::followLane);
        clients.values().forEach(this::followClient);
        environments.forEach(this::followOverlays);
    }

    private void followParents(ProfileFile profile) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.PROFILES, profile.name());
        Set<String> line = new LinkedHashSet<>(List.of(profile.name()));
        String parent = profile.parent();
        while (parent != null) {
            if (!line.add(parent)) {
                problems.add(file, "extends", "is a cycle: " + String.join(" -> ", line) + " -> " + parent);
                return;
            }
            ProfileFile next = profiles.get(parent);
            if (next == null) {
                problems.add(file, "extends", "no profile '" + parent + "'; known are " + names(profiles));
                return;
            }
            parent = next.parent();
        }
    }

    private void followProfile(String file, String name) {
        ProfileFile profile = profiles.get(name);
        if (profile == null) {
            problems.add(file, "profile", "no profile '" + name + "'; known are " + names(profiles));
        } else if (profile.objectives() == null) {
            problems.add(file, "profile", "'" + name + "' has no objectives, so it can only be extended");
        }
    }

    private void followLane(LaneFile lane) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.LANES, lane.name());
        followProfile(file, lane.profile());
        followTopics(file, "sources", lane.sources());
        for (String name : lane.ticks()) {
            if (!lane.sources().contains(name)) {
                problems.add(file, "ticks", "'" + name + "' is not among the lane's sources");
            }
        }
        followTopics(file, "references", lane.references());
        followTopics(file, "sinks", lane.sinks());
        for (String name : lane.slowerSinks().keySet()) {
            if (!lane.sinks().contains(name)) {
                problems.add(file, "slower-sinks." + name, "is not among the lane's sinks");
            }
        }
        Set<String> stores = new LinkedHashSet<>();
        lane.stores().forEach(store -> {
            if (!stores.add(store.name())) {
                problems.add(file, "stores", "'" + store.name() + "' is duplicated");
            }
        });
    }

    private void followClient(ClientFile client) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.CLIENTS, client.name());
        followTopics(file, "writes", client.writes());
        followTopics(file, "reads", client.reads());
        follow(file, "verifies", client.verifies(), lanes.keySet(), "lane");
    }

    private void followTopics(String file, String path, List<String> names) {
        follow(file, path, names, topics.keySet(), "topic");
    }

    private void follow(String file, String path, List<String> names, Set<String> known, String kind) {
        Set<String> seen = new LinkedHashSet<>();
        for (String name : names) {
            if (!known.contains(name)) {
                problems.add(file, path, "no " + kind + " '" + name + "' in the catalogue");
            } else if (!seen.add(name)) {
                problems.add(file, path, "'" + name + "' is duplicated");
            }
        }
    }

    private void followOverlays(EnvironmentFile environment) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, environment.name());
        for (String name : environment.topics().keySet()) {
            if (!topics.containsKey(name)) {
                problems.add(file, "topics." + name, "no such topic in the catalogue");
            }
        }
        for (String name : environment.lanes().keySet()) {
            if (!lanes.containsKey(name)) {
                problems.add(file, "lanes." + name, "no such lane in the catalogue");
            }
        }
    }

    private static String names(Map<String, ?> byName) {
        return String.join(", ", byName.keySet());
    }
}
