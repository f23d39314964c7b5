package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.Defect;
import java.util.EnumSet;
import java.util.List;

/**
 * The defects of a resource: reasons for which it must be rejected, and reasons for which it may be, where the system
 * is free to be strict. A resource with several defects is rejected for the one found first.
 */
final class Defects {

    private final EnumSet<Reason> must = EnumSet.noneOf(Reason.class);
    private final EnumSet<Reason> may = EnumSet.noneOf(Reason.class);

    /** A defect that may be reported as any of these reasons. */
    void must(Reason reason, Reason... alternatives) {
        must.add(reason);
        may.addAll(List.of(alternatives));
    }

    void may(Reason... reasons) {
        may.addAll(List.of(reasons));
    }

    static Defects of(Reason reason) {
        Defects defects = new Defects();
        defects.must(reason);
        return defects;
    }

    /** The defects from {@code start} up to {@code end}. */
    static Defects within(List<Defect> all, int start, int end) {
        Defects within = new Defects();
        all.stream().filter(defect -> defect.isWithin(start, end)).forEach(within::add);
        return within;
    }

    void add(Defect defect) {
        (defect.certain() ? must : may).add(defect.reason());
    }

    void addAll(Defects others) {
        must.addAll(others.must);
        may.addAll(others.may);
    }

    boolean demandRejection() {
        return !must.isEmpty();
    }

    /** Every reason that a rejection may name. */
    EnumSet<Reason> reasons() {
        EnumSet<Reason> all = EnumSet.copyOf(must);
        all.addAll(may);
        return all;
    }
}
