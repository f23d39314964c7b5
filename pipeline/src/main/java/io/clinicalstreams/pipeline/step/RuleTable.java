package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.reference.RuleManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alert rules as they stand in the reference topic, decoded once and shared by the lane's threads. Rules arrive one
 * record at a time; the book changes only from one complete set to the next, complete meaning that every rule can be
 * read and that each owner's are those its manifest names. When all rules vanish the lane has to pause, and the
 * last book stays in use for what is already on its way: nothing is ever evaluated without rules.
 */
public final class RuleTable {

    private final Map<String, Rule> staged = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private final Map<String, RuleManifest> manifests = new HashMap<>();
    private volatile RuleBook book = RuleBook.of(List.of());
    private volatile Duration lookBack = Duration.ZERO;
    private volatile boolean present;
    private volatile boolean complete;

    /** The rules to evaluate by; empty only before the first complete set came. */
    RuleBook book() {
        return book;
    }

    /** The longest time for which a rule of the book looks back. */
    Duration lookBack() {
        return lookBack;
    }

    /** True when there is a book to evaluate by and its rules have not vanished since. */
    public boolean isUsable() {
        return present && !book.isEmpty();
    }

    /** True when the book is what the topic says now; false while a set is incomplete or holds an unreadable rule. */
    public boolean isUpToDate() {
        return complete;
    }

    public int size() {
        return book.size();
    }

    /** Calls the listener, on the thread that loads the rules, after each change. */
    public synchronized void onChange(Runnable listener) {
        listeners.add(listener);
    }

    synchronized void put(String id, Rule rule) {
        unreadable.remove(id);
        staged.put(id, rule);
        changed();
    }

    /** @param manifest null when it was removed */
    synchronized void manifest(String key, @Nullable RuleManifest manifest) {
        unreadable.remove(key);
        if (manifest == null) {
            manifests.remove(RuleManifest.ownerOf(key));
        } else {
            manifests.put(RuleManifest.ownerOf(key), manifest);
        }
        changed();
    }

    /** A rule that cannot be read: the book stays as it is until the rule is mended. */
    synchronized void refuse(String id) {
        unreadable.add(id);
        changed();
    }

    synchronized void remove(String id) {
        unreadable.remove(id);
        staged.remove(id);
        changed();
    }

    private void changed() {
        present = !staged.isEmpty();
        complete = present && unreadable.isEmpty() && areAsNamed();
        if (complete) {
            book = RuleBook.of(staged.values());
            lookBack = staged.values().stream()
                    .map(Rule::lookBack)
                    .reduce(Duration.ZERO, (some, more) -> some.compareTo(more) < 0 ? more : some);
        }
        listeners.forEach(Runnable::run);
    }

    /** Every owner's rules are those of its manifest; the curated ones need one. */
    private boolean areAsNamed() {
        Map<String, String> versions = new HashMap<>();
        staged.forEach((id, rule) -> versions.put(id, rule.version()));
        boolean isCuratedNamed = manifests.containsKey(RuleManifest.CURATED)
                || RuleManifest.of(RuleManifest.CURATED, versions).rules() == 0;
        return isCuratedNamed
                && manifests.entrySet().stream()
                        .allMatch(named -> named.getValue().equals(RuleManifest.of(named.getKey(), versions)));
    }
}
