package io.clinicalstreams.loadgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Maps figures to a share of an axis, from 0 to 1, and names some of them. */
sealed interface Scale {

    double HEADROOM = 0.02;

    /** A labelled place on an axis. */
    record Tick(double value, String label) {}

    double at(double value);

    List<Tick> ticks();

    /** From 0, or below if a figure is, to a round number above all. */
    static Scale linear(DoubleStream figures) {
        double[] all = figures.filter(Double::isFinite).toArray();
        double low = Math.min(0, DoubleStream.of(all).min().orElse(0));
        double high = Math.max(0, DoubleStream.of(all).max().orElse(0));
        return high == low ? new Linear(low, low + 1, 1) : Linear.around(low, high + HEADROOM * (high - low));
    }

    /** From 0 to the last second. */
    static Scale time(DoubleStream seconds) {
        double last = Math.max(1, seconds.max().orElse(1));
        return new Linear(0, last, Linear.around(0, last).step());
    }

    /** Of positive figures, whole powers of ten. */
    static Scale logarithmic(DoubleStream figures) {
        double[] all =
                figures.filter(figure -> figure > 0 && Double.isFinite(figure)).toArray();
        double low = Math.floor(Math.log10(DoubleStream.of(all).min().orElse(1)));
        double high = Math.ceil(Math.log10(DoubleStream.of(all).max().orElse(10)));
        return new Logarithmic(low, Math.max(high, low + 1));
    }

    /** Of percentiles: each further nine takes as much room as the one before. */
    static Scale nines(DoubleStream percentiles) {
        double most = percentiles.filter(percentile -> percentile < 100).max().orElse(90);
        return new Nines(Math.max(1, nines(most)));
    }

    private static double nines(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    /** @param step between two ticks */
    record Linear(double low, double high, double step) implements Scale {

        private static final double TICKS = 5;

        static Linear around(double low, double high) {
            double rough = (high - low) / TICKS;
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double lead = rough / power;
            double step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
            return new Linear(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
        }

        @Override
        public double at(double value) {
            return (value - low) / (high - low);
        }

        @Override
        public List<Tick> ticks() {
            List<Tick> ticks = new ArrayList<>();
            int decimals = (int) Math.max(0, -Math.floor(Math.log10(step)));
            for (long i = 0; i <= Math.floor((high - low) / step + HEADROOM); i++) {
                double value = low + i * step;
                ticks.add(new Tick(value, String.format(Locale.ROOT, "%,." + decimals + "f", value + 0.0)));
            }
            return ticks;
        }
    }

    /** @param low a power of ten */
    record Logarithmic(double low, double high) implements Scale {

        /** More powers need no ticks between them. */
        private static final double FEW = 2;

        @Override
        public double at(double value) {
            return Math.max(0, (Math.log10(value) - low) / (high - low));
        }

        @Override
        public List<Tick> ticks() {
            List<Tick> ticks = new ArrayList<>();
            for (double power = low; power <= high; power++) {
                for (double lead : high - low > FEW ? new double[] {1} : new double[] {1, 2, 5}) {
                    if (power < high || lead == 1) {
                        double value = lead * Math.pow(10, power);
                        ticks.add(new Tick(
                                value,
                                value < 1
                                        ? String.format(Locale.ROOT, "%.3g", value)
                                                .replaceAll("0+$", "")
                                        : String.format(Locale.ROOT, "%,.0f", value)));
                    }
                }
            }
            return ticks;
        }
    }

    /** @param most how many nines */
    record Nines(double most) implements Scale {

        @Override
        public double at(double percentile) {
            return Math.min(1, nines(percentile) / most);
        }

        @Override
        public List<Tick> ticks() {
            List<Tick> ticks = new ArrayList<>(List.of(new Tick(0, "0 %"), new Tick(50, "50 %")));
            for (int count = 1; count <= most; count++) {
                double percentile = 100 - Math.pow(10, 2.0 - count);
                ticks.add(new Tick(
                        percentile, String.format(Locale.ROOT, "%." + Math.max(0, count - 2) + "f %%", percentile)));
            }
            return ticks;
        }
    }
}
