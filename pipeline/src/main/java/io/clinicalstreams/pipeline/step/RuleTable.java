package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Rule;
import io.clinicalstreams.pipeline.domain.RuleBook;
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
 * read and that the curated ones are those their manifest names. When all rules vanish the lane has to pause, and the
 * last book stays in use for what is already on its way: nothing is ever evaluated without rules.
 */
public final class RuleTable {

    private final Map<String, Rule> staged = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private @Nullable RuleManifest manifest;
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

    synchronized void manifest(@Nullable RuleManifest manifest) {
        unreadable.remove(RuleManifest.KEY);
        this.manifest = manifest;
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
        complete = present && unreadable.isEmpty() && curatedAreAsNamed();
        if (complete) {
            book = RuleBook.of(staged.values());
            lookBack = staged.values().stream()
                    .map(Rule::lookBack)
                    .reduce(Duration.ZERO, (some, more) -> some.compareTo(more) < 0 ? more : some);
        }
        listeners.forEach(Runnable::run);
    }

    private boolean curatedAreAsNamed() {
        Map<String, String> versions = new HashMap<>();
        staged.forEach((id, rule) -> versions.put(id, rule.version()));
        RuleManifest actual = RuleManifest.of(versions);
        return manifest == null ? actual.rules() == 0 : manifest.equals(actual);
    }
}
