package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All rules, indexed by the codes they listen to. Immutable; equal if the rules are. */
public final class RuleBook {

    /** Rules for all codes come last; otherwise in order of id. */
    private final List<Rule> inOrder;

    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<Coding, List<Rule>> byCoding = new HashMap<>();
    private final List<Rule> listeningToAll;
    private final List<Silence> silences;
    private final boolean watchesAdmissions;
    private final boolean watchesGateways;
    private final int digest;

    private RuleBook(Collection<? extends Rule> rules) {
        inOrder = rules.stream()
                .sorted(Comparator.comparing((Rule rule) -> rule.codes().isEmpty())
                        .thenComparing(Rule::id))
                .<Rule>map(rule -> rule)
                .toList();
        listeningToAll = inOrder.stream().filter(rule -> rule.codes().isEmpty()).toList();
        silences = inOrder.stream()
                .filter(Silence.class::isInstance)
                .map(Silence.class::cast)
                .toList();
        watchesAdmissions = silences.stream().anyMatch(Silence::whileAdmitted);
        watchesGateways = silences.stream().anyMatch(rule -> rule.codes().contains(Coding.HEARTBEAT));
        for (Rule rule : inOrder) {
            if (positions.put(rule.id(), positions.size()) != null) {
                throw new IllegalArgumentException("two rules have the same id");
            }
        }
        int versions = 1;
        for (Rule rule : inOrder) {
            versions =
                    31 * (31 * versions + rule.id().hashCode()) + rule.version().hashCode();
        }
        digest = versions == 0 ? 1 : versions;
        for (Rule rule : inOrder) {
            for (Coding coding : rule.codes()) {
                byCoding.merge(coding, merged(List.of(rule), listeningToAll), this::merged);
            }
        }
    }

    /** @throws IllegalArgumentException if two rules have the same id */
    public static RuleBook of(Collection<? extends Rule> rules) {
        return new RuleBook(rules);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleBook book && inOrder.equals(book.inOrder);
    }

    @Override
    public int hashCode() {
        return inOrder.hashCode();
    }

    public boolean isEmpty() {
        return inOrder.isEmpty();
    }

    public int size() {
        return inOrder.size();
    }

    /** The rules of kind silence, in order of id. */
    public List<Silence> silences() {
        return silences;
    }

    /** Whether a rule needs to know who is admitted. */
    public boolean watchesAdmissions() {
        return watchesAdmissions;
    }

    /** Whether a rule watches gateways. */
    public boolean watchesGateways() {
        return watchesGateways;
    }

    /** Of the rules' ids and versions, the same in every process; never 0. */
    public int digest() {
        return digest;
    }

    /**
     * The codings by which a measurement is remembered: those that rules listen to and, for a rule with an episode for
     * each analyte, its analyte.
     */
    public List<Coding> listenedTo(List<Coding> codings) {
        List<Coding> heard = new ArrayList<>(codings.size());
        for (Coding coding : codings) {
            if (!heard.contains(coding) && (byCoding.containsKey(coding) || isAnalyte(coding, codings))) {
                heard.add(coding);
            }
        }
        return heard;
    }

    private boolean isAnalyte(Coding coding, List<Coding> codings) {
        for (Rule rule : listeningToAll) {
            if (coding.equals(rule.analyte(codings))) {
                return true;
            }
        }
        return false;
    }

    /** Null if there is none with this id. */
    public @Nullable Rule rule(String id) {
        Integer position = positions.get(id);
        return position == null ? null : inOrder.get(position);
    }

    /** The rules that listen to any of a measurement's codings, each once. Rules for all codes come last. */
    public List<Rule> listeningTo(List<Coding> codings) {
        List<Rule> listening = null;
        for (Coding coding : codings) {
            List<Rule> more = byCoding.get(coding);
            if (more != null) {
                listening = listening == null ? more : merged(listening, more);
            }
        }
        return listening == null ? listeningToAll : listening;
    }

    private List<Rule> merged(List<Rule> some, List<Rule> more) {
        TreeSet<Rule> all = new TreeSet<>(Comparator.comparing(rule -> positions.get(rule.id())));
        all.addAll(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
