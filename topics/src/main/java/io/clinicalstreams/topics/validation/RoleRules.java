package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.ClientFile;
import io.clinicalstreams.topics.file.EnvironmentFile;
import io.clinicalstreams.topics.file.LaneFile;
import io.clinicalstreams.topics.problem.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that lanes, clients and the operator are separate: each has its own name and principal, and no consumer group,
 * transactional id or internal topic of one is covered by another's rights, which apply to name prefixes.
 */
public record RoleRules(Map<String, LaneFile> lanes, Map<String, ClientFile> clients, Problems problems) {

    public void check(Collection<EnvironmentFile> environments) {
        checkNames();
        List<LaneFile> lanesBefore = new ArrayList<>();
        for (LaneFile lane : lanes.values()) {
            lanesBefore.forEach(other -> checkApplicationIds(lane, other));
            lanesBefore.add(lane);
        }
        List<ClientFile> readersBefore = new ArrayList<>();
        for (ClientFile client : clients.values()) {
            if (!client.reads().isEmpty()) {
                lanes.values().forEach(lane -> checkGroups(client, lane));
                readersBefore.forEach(other -> checkGroups(client, other));
                readersBefore.add(client);
            }
        }
        environments.forEach(this::checkPrincipals);
    }

    private void checkNames() {
        if (lanes.containsKey(Catalogue.OPERATOR)) {
            problems.add(fileOf(lanes.get(Catalogue.OPERATOR)), "name", operatorsName());
        }
        if (clients.containsKey(Catalogue.OPERATOR)) {
            problems.add(fileOf(clients.get(Catalogue.OPERATOR)), "name", operatorsName());
        }
        for (ClientFile client : clients.values()) {
            if (lanes.containsKey(client.name())) {
                problems.add(
                        fileOf(client),
                        "name",
                        "'" + client.name() + "' is also a lane's name: they would share their rights");
            }
        }
    }

    private static String operatorsName() {
        return "'" + Catalogue.OPERATOR + "' is the operator's role: the two would share their rights";
    }

    private void checkApplicationIds(LaneFile lane, LaneFile other) {
        if (lane.applicationId().equals(other.applicationId())) {
            problems.add(
                    fileOf(lane),
                    "application-id",
                    "'" + lane.applicationId() + "' is also lane " + other.name()
                            + "'s: they would share a consumer group");
        }
        checkBeginning(lane, other);
        checkBeginning(other, lane);
    }

    private void checkBeginning(LaneFile longer, LaneFile shorter) {
        if (longer.applicationId().startsWith(shorter.applicationId() + '-')) {
            problems.add(
                    fileOf(longer),
                    "application-id",
                    ("'%s' begins with lane %s's '%s-': its transactional ids and internal topics would count as that"
                                    + " lane's")
                            .formatted(longer.applicationId(), shorter.name(), shorter.applicationId()));
        }
    }

    private void checkGroups(ClientFile client, LaneFile lane) {
        if (lane.applicationId().startsWith(client.groupsBeginning())) {
            problems.add(
                    fileOf(client),
                    "consumer-groups",
                    "'%s' is a prefix of lane %s's group '%s': the client could take its partitions"
                            .formatted(client.groupsBeginning(), lane.name(), lane.applicationId()));
        }
    }

    private void checkGroups(ClientFile client, ClientFile other) {
        boolean overlap = client.groupsBeginning().startsWith(other.groupsBeginning())
                || other.groupsBeginning().startsWith(client.groupsBeginning());
        if (overlap) {
            problems.add(
                    fileOf(client),
                    "consumer-groups",
                    "'%s' and client %s's '%s' overlap: one could take the other's partitions"
                            .formatted(client.groupsBeginning(), other.name(), other.groupsBeginning()));
        }
    }

    private void checkPrincipals(EnvironmentFile file) {
        Environment environment = file.toEnvironment();
        String name = CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, file.name());
        List<String> roles = roles();
        file.principals().keySet().stream()
                .filter(role -> !roles.contains(role))
                .forEach(role -> problems.add(
                        name, "principals." + role, "no such role; known are " + String.join(", ", roles)));
        Map<String, String> rolesByPrincipal = new LinkedHashMap<>();
        for (String role : roles) {
            String principal = environment.principalOf(role);
            String other = rolesByPrincipal.putIfAbsent(principal, role);
            if (other != null) {
                String written = file.principals().containsKey(role) ? role : other;
                problems.add(
                        name,
                        "principals." + written,
                        "'%s' would be both %s and %s, with the rights of both".formatted(principal, other, role));
            }
        }
    }

    private List<String> roles() {
        List<String> roles = new ArrayList<>(lanes.keySet());
        roles.addAll(clients.keySet());
        roles.add(Catalogue.OPERATOR);
        return roles;
    }

    private static String fileOf(LaneFile lane) {
        return CatalogueFiles.fileOf(CatalogueFiles.LANES, lane.name());
    }

    private static String fileOf(ClientFile client) {
        return CatalogueFiles.fileOf(CatalogueFiles.CLIENTS, client.name());
    }
}
