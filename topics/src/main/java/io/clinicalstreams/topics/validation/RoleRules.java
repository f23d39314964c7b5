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
 * Whether lanes, clients and the operator can be told apart: each has a name and a principal of its own, and no consumer
 * group, transactional id or internal topic of one is within another's rights, which are for what begins with a name.
 */
public final class RoleRules {

    private final Map<String, LaneFile> lanes;
    private final Map<String, ClientFile> clients;
    private final Problems problems;

    public RoleRules(Map<String, LaneFile> lanes, Map<String, ClientFile> clients, Problems problems) {
        this.lanes = lanes;
        this.clients = clients;
        this.problems = problems;
    }

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
                        "'" + client.name() + "' is a lane's too: they would share their rights");
            }
        }
    }

    private static String operatorsName() {
        return "'" + Catalogue.OPERATOR + "' is the role of the topics' operator: it would share its rights";
    }

    private void checkApplicationIds(LaneFile lane, LaneFile other) {
        if (lane.applicationId().equals(other.applicationId())) {
            problems.add(
                    fileOf(lane),
                    "application-id",
                    "'" + lane.applicationId() + "' is lane " + other.name() + "'s: they would share a group");
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
                    "'%s' is how lane %s's group '%s' begins: the client could take its partitions"
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
                    "'%s' and client %s's '%s' begin alike: one could take the other's partitions"
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
                        name, "principals." + role, "no such role; there are " + String.join(", ", roles)));
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
