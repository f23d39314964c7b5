package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.domain.rule.Silence;
import io.clinicalstreams.topics.reference.RuleManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The alert rules in the reference topic, decoded once and shared by the lane's threads. Rules arrive one record at a
 * time, after a start in any order of partitions; the book changes only from one complete set to the next. A set is
 * complete if each owner's rules match its manifest. Of a record that cannot be read, the one before it counts as long as
 * the topic has it: then a set is complete, but not up to date. If all rules are deleted, the lane must pause, and the last book is used for input
 * already in progress: nothing is ever evaluated without rules.
 */
public final class RuleTable {

    private static final Pattern ID = Pattern.compile("[a-z0-9._/-]{1,200}");

    /** In one sentence. */
    private static final int MOST_NAMED = 5;

    private final Map<String, Rule> staged = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private final Map<String, RuleManifest> manifests = new HashMap<>();
    private volatile RuleBook book = RuleBook.of(List.of());
    private volatile Duration lookBack = Duration.ZERO;
    private volatile boolean present;
    private volatile boolean complete;
    private volatile int unreadableCount;
    private volatile @Nullable String problem = "no alert rules yet";

    /** The rules to evaluate; empty only before the first complete set. */
    public RuleBook book() {
        return book;
    }

    /** The longest time that a rule in the book looks back. */
    Duration lookBack() {
        return lookBack;
    }

    /** The shortest interval of a rule of kind silence; null if there is none. */
    public @Nullable Duration shortestSilence() {
        return book.silences().stream()
                .map(Silence::interval)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** True if there is a book and its rules have not all been deleted since. */
    public boolean isUsable() {
        return present && !book.isEmpty();
    }

    /** True if the book matches the topic; false while the set is incomplete or contains an unreadable rule. */
    public boolean isUpToDate() {
        return complete;
    }

    /**
     * What is wrong with the rules in the topic, in one sentence; null if the book matches it. It names rules by id, and
     * quotes no key that is not one.
     */
    public @Nullable String problem() {
        return problem;
    }

    /** How many records of the topic cannot be read. */
    public int unreadable() {
        return unreadableCount;
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

    /** @param manifest null if it was removed */
    synchronized void manifest(String key, @Nullable RuleManifest manifest) {
        unreadable.remove(key);
        if (manifest == null) {
            manifests.remove(RuleManifest.ownerOf(key));
        } else {
            manifests.put(RuleManifest.ownerOf(key), manifest);
        }
        changed();
    }

    /** Records an unreadable rule or manifest: the one before it stays in force until it is fixed. */
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
        boolean isWhole = present && unreadable.stream().allMatch(this::isKnown) && matchManifests();
        complete = isWhole && unreadable.isEmpty();
        RuleBook read = isWhole ? RuleBook.of(staged.values()) : book;
        // Rules that are written again unchanged change nothing.
        if (!read.equals(book)) {
            book = read;
            lookBack = staged.values().stream()
                    .map(Rule::lookBack)
                    .reduce(Duration.ZERO, (some, more) -> some.compareTo(more) < 0 ? more : some);
        }
        unreadableCount = unreadable.size();
        problem = complete ? null : whatIsWrong() + (isUsable() ? "; the last complete set stays in force" : "");
        listeners.forEach(Runnable::run);
    }

    /** Whether an earlier record of a key could be read. */
    private boolean isKnown(String key) {
        return RuleManifest.isKey(key) ? manifests.containsKey(RuleManifest.ownerOf(key)) : staged.containsKey(key);
    }

    private String whatIsWrong() {
        if (!present) {
            return "there are no alert rules";
        }
        if (unreadable.isEmpty()) {
            return "the alert rules in the topic are incomplete";
        }
        return "these records of alert rules cannot be read: "
                + unreadable.stream()
                        .map(id -> ID.matcher(id).matches() ? id : "one with an invalid id")
                        .sorted()
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining(", "))
                + (unreadable.size() > MOST_NAMED ? " and others" : "");
    }

    /** Every owner's rules match its manifest; curated rules must have a manifest. */
    private boolean matchManifests() {
        Map<String, String> versions = new HashMap<>();
        staged.forEach((id, rule) -> versions.put(id, rule.version()));
        boolean hasCuratedManifest = manifests.containsKey(RuleManifest.CURATED)
                || RuleManifest.of(RuleManifest.CURATED, versions).rules() == 0;
        return hasCuratedManifest
                && manifests.entrySet().stream()
                        .allMatch(named -> named.getValue().equals(RuleManifest.of(named.getKey(), versions)));
    }
}
