package io.clinicalstreams.loadgen.capacity;

import java.util.List;

/**
 * Doubles the rate until it fails, halves the interval until it is narrow, then repeats both ends. A system near its
 * capacity holds at times: an end that contradicts itself moves outwards, so the interval says what is sure.
 *
 * @param from the first rate, records per second
 * @param most no rate above it is tried
 * @param width how much higher the upper end may be than the lower: 0.1 for a tenth
 * @param repeats attempts at each end, at least one
 */
public record CapacitySearch(double from, double most, double width, int repeats) {

    /** Nothing slower is a load. */
    private static final double LEAST = 1;

    /** Moves of an end; a system that contradicts itself so often has no capacity that could be named. */
    private static final int MOST_MOVES = 6;

    /** How many times the lower end the upper one can be: a rounded rate may be a little more than twice another. */
    private static final double WIDEST = 2.5;

    /** Half of an interval, rounded, may be more than its half. */
    private static final int HALVINGS_FOR_ROUNDING = 2;

    /** Runs the system at a rate. */
    public interface Trial {
        Attempt at(double rate) throws Exception;
    }

    /** At most so many attempts, if the rate is at least {@code from} and no end contradicts itself. */
    public int usualAttempts() {
        return climb() + halvings(2) + 2 * (repeats - 1);
    }

    /** At most so many attempts in any case. */
    public int mostAttempts() {
        int fall = 0;
        for (double rate = Math.min(from, most); rate >= LEAST; rate = below(rate)) {
            fall++;
        }
        return Math.max(climb(), fall) + mostHalvings() + 2 * MOST_MOVES * repeats;
    }

    private int climb() {
        int attempts = 1;
        for (double rate = from; rate < most; rate = above(rate)) {
            attempts++;
        }
        return attempts;
    }

    private int mostHalvings() {
        return halvings(WIDEST) + HALVINGS_FOR_ROUNDING;
    }

    /** Until an interval, its upper end so many times the lower one, is narrow. */
    private int halvings(double ratio) {
        return (int) Math.max(0, Math.ceil(Math.log(Math.log(ratio) / Math.log1p(width)) / Math.log(2)));
    }

    /**
     * Makes the attempts.
     *
     * @param attempts receives each attempt, so that an interrupted search leaves those that it made
     */
    public Capacity find(Trial trial, List<Attempt> attempts) throws Exception {
        Bracket bracket = bracket(trial, attempts);
        for (int i = 0; i < mostHalvings() && bracket.isClosed() && bracket.high() / bracket.low() > 1 + width; i++) {
            double middle = rounded(Math.sqrt(bracket.low() * bracket.high()));
            if (middle <= bracket.low() || middle >= bracket.high()) {
                break;
            }
            bracket = attempt(trial, middle, attempts)
                    ? new Bracket(middle, bracket.high())
                    : new Bracket(bracket.low(), middle);
        }
        confirm(trial, bracket.low(), true, 1 / (1 + width), attempts);
        confirm(trial, bracket.high(), false, 1 + width, attempts);
        return new Capacity(attempts);
    }

    /**
     * @param low 0 if no rate held
     * @param high infinite if none failed
     */
    private record Bracket(double low, double high) {

        boolean isClosed() {
            return low > 0 && high < Double.POSITIVE_INFINITY;
        }
    }

    private Bracket bracket(Trial trial, List<Attempt> attempts) throws Exception {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double rate = Math.min(from, most);
        while (rate >= LEAST && rate <= most) {
            if (attempt(trial, rate, attempts)) {
                low = rate;
                if (rate == most || high < Double.POSITIVE_INFINITY) {
                    break;
                }
                rate = above(rate);
            } else {
                high = rate;
                if (low > 0) {
                    break;
                }
                rate = below(rate);
            }
        }
        return new Bracket(low, high);
    }

    private double above(double rate) {
        return Math.min(most, rounded(rate * 2));
    }

    /** 0 below the slowest. */
    private static double below(double rate) {
        return rate <= LEAST ? 0 : Math.max(LEAST, rounded(rate / 2));
    }

    /** Repeats an end; moves it by a factor as long as it contradicts itself. */
    private void confirm(Trial trial, double end, boolean wanted, double factor, List<Attempt> attempts)
            throws Exception {
        double rate = end;
        for (int move = 0; move < MOST_MOVES && rate >= LEAST && rate <= most; move++) {
            double tried = rate;
            long had =
                    attempts.stream().filter(attempt -> attempt.rate() == tried).count();
            boolean isSure = new Capacity(attempts).count(rate, !wanted) == 0;
            for (long i = had; i < repeats && isSure; i++) {
                isSure = attempt(trial, rate, attempts) == wanted;
            }
            if (isSure) {
                return;
            }
            rate = rounded(rate * factor);
        }
    }

    private static boolean attempt(Trial trial, double rate, List<Attempt> attempts) throws Exception {
        Attempt attempt = trial.at(rate);
        attempts.add(attempt);
        return attempt.held();
    }

    /** To two or three digits, which can be said and repeated. */
    private static double rounded(double rate) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(rate)) - 2));
        return Math.round(rate / unit) * unit;
    }
}
