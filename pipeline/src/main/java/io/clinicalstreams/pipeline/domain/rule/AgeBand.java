package io.clinicalstreams.pipeline.domain.rule;

import java.time.LocalDate;

/**
 * The ages a rule applies to, in completed years.
 *
 * @param fromYears inclusive
 * @param belowYears exclusive
 */
public record AgeBand(int fromYears, int belowYears) {

    public static final AgeBand ANY = new AgeBand(0, Integer.MAX_VALUE);

    public AgeBand {
        if (fromYears < 0 || belowYears <= fromYears) {
            throw new IllegalArgumentException("an age band must have 0 <= from < below");
        }
    }

    /** @param day the day of measurement; a later birth date counts as age 0 */
    public boolean includes(LocalDate birth, LocalDate day) {
        boolean oldEnough = fromYears == 0 || !birth.plusYears(fromYears).isAfter(day);
        return oldEnough
                && (belowYears == Integer.MAX_VALUE
                        || birth.plusYears(belowYears).isAfter(day));
    }
}
