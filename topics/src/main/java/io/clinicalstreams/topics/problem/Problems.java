package io.clinicalstreams.topics.problem;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The problems found while a catalogue is read, without duplicates, so that its author sees all of them at once. */
public final class Problems {

    private static final Pattern PATH_IN_FRONT = Pattern.compile("([A-Za-z0-9.-]+): (.+)", Pattern.DOTALL);

    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(String file, String path, String message) {
        add(new Problem(file, path, message));
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    /**
     * Adds the failure and its suppressed ones, except where a problem is known already: they may only follow from it.
     *
     * @param refused its message may begin with the path below this one, as messages of {@link Checks} do
     */
    public void add(String file, String path, IllegalArgumentException refused) {
        List<Problem> known = List.copyOf(found);
        Stream.concat(Stream.of(refused), Stream.of(refused.getSuppressed()))
                .map(each -> problem(file, path, String.valueOf(each.getMessage())))
                .filter(each -> known.stream().noneMatch(each::contains))
                .forEach(this::add);
    }

    private static Problem problem(String file, String path, String message) {
        Matcher inFront = PATH_IN_FRONT.matcher(message);
        return inFront.matches()
                ? new Problem(file, path.isEmpty() ? inFront.group(1) : path + '.' + inFront.group(1), inFront.group(2))
                : new Problem(file, path, message);
    }

    /** A condition that must hold. */
    public interface Requirement {
        boolean holds();

        /** @param why it must hold */
        Problem problem(String why);
    }

    public void require(Requirement requirement, String why) {
        if (!requirement.holds()) {
            add(requirement.problem(why));
        }
    }

    public int count() {
        return found.size();
    }

    /**
     * Returns what was read; present unless there is a problem.
     *
     * @throws CatalogueException if there is any problem
     */
    public <T> T orRefuse(Optional<T> read) {
        refuse();
        return read.orElseThrow();
    }

    /** @throws CatalogueException if there is any problem */
    public void refuse() {
        if (!found.isEmpty()) {
            throw new CatalogueException(List.copyOf(found));
        }
    }
}
