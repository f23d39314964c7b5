package io.clinicalstreams.loadgen.report;

import static io.clinicalstreams.topics.terminal.HtmlText.escaped;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Differences from a baseline in per cent, each with its spread: what crosses the line at 0 is no clear difference.
 *
 * @param note how the spread was found
 */
record DifferenceChart(String title, String note, List<Difference> differences) {

    /**
     * One figure compared.
     *
     * @param label figure and what is compared
     * @param percent not a number if the figure is missing
     * @param low lower end of the spread; not a number if it is unknown
     * @param high upper end
     * @param finding in words
     */
    record Difference(String label, double percent, double low, double high, String finding) {

        boolean isClear() {
            return low > 0 || high < 0;
        }
    }

    private static final double WIDTH = 900;
    private static final double LEFT = 330;
    private static final double RIGHT = 230;
    private static final double ROW = 22;
    private static final double TOP = 8;
    private static final double BOTTOM = 34;

    /** @param number of the figure on the page */
    String html(int number) {
        double height = TOP + BOTTOM + ROW * differences.size();
        Scale x = Scale.linear(
                differences.stream().flatMapToDouble(each -> DoubleStream.of(each.percent(), each.low(), each.high())));
        StringBuilder html = new StringBuilder("""
                <figure class="wide"><figcaption id="c%1$d">%2$s <small>difference in %%</small></figcaption>
                <svg class="chart" viewBox="0 0 %3$.0f %4$.0f" role="img" aria-labelledby="c%1$d d%1$d"><desc id="d%1$d">%5$s</desc>
                """.formatted(number, escaped(title), WIDTH, height, escaped(note)));
        x.ticks()
                .forEach(tick -> html.append(format(
                        "<path class=\"%s\" d=\"M%2$.1f %3$.1fV%4$.1f\"/><text class=\"x\" x=\"%2$.1f\" y=\"%5$.1f\">%6$s</text>%n",
                        tick.value() == 0 ? "zero" : "grid",
                        px(x, tick.value()),
                        TOP,
                        height - BOTTOM,
                        height - BOTTOM + 18,
                        tick.label())));
        for (int i = 0; i < differences.size(); i++) {
            Difference each = differences.get(i);
            double y = TOP + ROW * (i + 0.5);
            html.append(format(
                    "<text class=\"y\" x=\"%.1f\" y=\"%.1f\">%s</text><text x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                    LEFT - 10, y + 4, escaped(each.label()), WIDTH - RIGHT + 12, y + 4, escaped(text(each))));
            if (Double.isFinite(each.low()) && Double.isFinite(each.high())) {
                html.append(format(
                        "<path class=\"line %s\" d=\"M%.1f %.1fH%.1f\"/>%n",
                        each.isClear() ? "k1" : "k0", px(x, each.low()), y, px(x, each.high())));
            }
            if (Double.isFinite(each.percent())) {
                html.append(format(
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n",
                        each.isClear() ? "k1" : "k0", px(x, each.percent()), y));
            }
        }
        return html.append("</svg>\n<p>")
                .append(escaped(note))
                .append("</p></figure>\n")
                .toString();
    }

    private static String text(Difference each) {
        String percent = Double.isFinite(each.percent()) ? format("%+.1f %%", each.percent()) : "not measured";
        return each.finding().isEmpty() ? percent : percent + ", " + each.finding();
    }

    private static double px(Scale x, double value) {
        return LEFT + x.at(value) * (WIDTH - LEFT - RIGHT);
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
