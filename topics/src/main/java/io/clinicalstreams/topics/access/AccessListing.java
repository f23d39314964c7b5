package io.clinicalstreams.topics.access;

import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;

/** Access rules with the state of each, as a table or as JSON. */
final class AccessListing {

    private static final String NOT_DERIVED = "-";

    /** One rule; without a state if no cluster was queried. */
    private record Row(String state, String role, AclBinding binding, String why) {

        List<String> cells() {
            return List.of(
                    state,
                    role,
                    binding.entry().principal(),
                    Grant.operation(binding),
                    (Grant.resource(binding.pattern()) + ' ' + Grant.from(binding)).stripTrailing(),
                    why);
        }

        Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("state", state);
            fields.put("role", role);
            fields.put("principal", binding.entry().principal());
            fields.put("permission", binding.entry().permissionType().name());
            fields.put("operation", binding.entry().operation().name());
            fields.put("resourceType", binding.pattern().resourceType().name());
            fields.put("patternType", binding.pattern().patternType().name());
            fields.put("resourceName", binding.pattern().name());
            fields.put("host", binding.entry().host());
            fields.put("why", why);
            return fields;
        }
    }

    private final List<Row> rows;

    private AccessListing(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Only the derived rules. */
    static AccessListing of(List<Grant> grants) {
        return new AccessListing(
                grants.stream().map(grant -> row("derived", grant)).toList());
    }

    /** The derived rules compared with a cluster's. */
    static AccessListing of(AccessPlan plan) {
        return of(plan, List.of());
    }

    /** @param added the missing rules that were added */
    static AccessListing of(AccessPlan plan, Collection<Grant> added) {
        Set<Grant> missing = new HashSet<>(plan.missingGrants());
        Set<Grant> now = new HashSet<>(added);
        List<Row> rows = new ArrayList<>();
        for (Grant grant : plan.wanted()) {
            String state = now.contains(grant) ? "added" : missing.contains(grant) ? "missing" : "present";
            rows.add(row(state, grant));
        }
        for (AclBinding extra : plan.extraBindings()) {
            rows.add(new Row("extra", NOT_DERIVED, extra, "not derived"));
        }
        for (AclBinding other : plan.otherBindings()) {
            rows.add(new Row("other", NOT_DERIVED, other, "another principal's, on our resources"));
        }
        return new AccessListing(rows);
    }

    void print(OutputOption output) {
        output.print(this::table, () -> rows.stream().map(Row::fields).toList());
    }

    private Table table() {
        Table table = new Table("STATE", "ROLE", "PRINCIPAL", "MAY", "RESOURCE", "WHY");
        rows.forEach(row -> table.row(row.cells().toArray(String[]::new)));
        return table;
    }

    private static Row row(String state, Grant grant) {
        return new Row(state, grant.role(), grant.binding(), grant.why());
    }
}
