package io.clinicalstreams.pipeline.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All rules, found by the codes they watch. Never changes: new rules make a new book. */
public final class RuleBook {

    /** A rule that concerns a measurement, with the variants whose codes the measurement carries. */
    record Concern(CriticalLimit rule, List<Variant> variants) {}

    private final int size;
    private final Map<Coding, List<Concern>> byCoding;

    private RuleBook(int size, Map<Coding, List<Concern>> byCoding) {
        this.size = size;
        this.byCoding = byCoding;
    }

    /** @throws IllegalArgumentException when two rules have one id */
    public static RuleBook of(Collection<CriticalLimit> rules) {
        List<CriticalLimit> inOrder =
                rules.stream().sorted(Comparator.comparing(CriticalLimit::id)).toList();
        if (inOrder.stream().map(CriticalLimit::id).distinct().count() != inOrder.size()) {
            throw new IllegalArgumentException("two rules have the same id");
        }
        Map<Coding, List<Concern>> byCoding = new HashMap<>();
        for (CriticalLimit rule : inOrder) {
            for (Variant variant : rule.variants()) {
                for (Coding coding : variant.codes()) {
                    List<Concern> known = byCoding.getOrDefault(coding, List.of());
                    byCoding.put(coding, merged(known, List.of(new Concern(rule, List.of(variant)))));
                }
            }
        }
        return new RuleBook(inOrder.size(), byCoding);
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /** The rules that know any of a measurement's codings, each once, by id. */
    List<Concern> concerning(List<Coding> codings) {
        List<Concern> concerns = List.of();
        for (Coding coding : codings) {
            List<Concern> more = byCoding.get(coding);
            if (more != null) {
                concerns = concerns.isEmpty() ? more : merged(concerns, more);
            }
        }
        return concerns;
    }

    private static List<Concern> merged(List<Concern> some, List<Concern> more) {
        Map<String, Set<Variant>> variants = new HashMap<>();
        List<Concern> all = new ArrayList<>(some);
        all.addAll(more);
        all.forEach(concern -> variants.computeIfAbsent(concern.rule().id(), id -> new LinkedHashSet<>())
                .addAll(concern.variants()));
        return all.stream()
                .map(Concern::rule)
                .distinct()
                .sorted(Comparator.comparing(CriticalLimit::id))
                .map(rule -> new Concern(rule, List.copyOf(variants.getOrDefault(rule.id(), Set.of()))))
                .toList();
    }
}
