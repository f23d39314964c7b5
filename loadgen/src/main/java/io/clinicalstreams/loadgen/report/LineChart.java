package io.clinicalstreams.loadgen.report;

import static io.clinicalstreams.topics.terminal.HtmlText.escaped;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Lines over a common axis, as a figure of an HTML page.
 *
 * @param unit of the figures, upwards
 * @param across what goes from left to right, with its unit
 * @param shadedUntil everything left of it is the warm-up; 0 for none
 */
record LineChart(String title, String unit, String across, Kind kind, double shadedUntil, List<Series> series) {

    /** The scales of both axes. */
    enum Kind {
        OVER_TIME,
        OVER_TIME_LOGARITHMIC,
        PERCENTILES;

        Scale x(DoubleStream figures) {
            return this == PERCENTILES ? Scale.nines(figures) : Scale.time(figures);
        }

        Scale y(DoubleStream figures) {
            return this == OVER_TIME ? Scale.linear(figures) : Scale.logarithmic(figures);
        }
    }

    private static final double WIDTH = 640;
    private static final double HEIGHT = 280;
    private static final double LEFT = 62;
    private static final double RIGHT = 14;
    private static final double TOP = 12;
    private static final double BOTTOM = 40;

    /** @param number of the figure on the page */
    String html(int number) {
        Scale x = kind.x(series.stream().flatMapToDouble(Series::xs));
        Scale y = kind.y(series.stream().flatMapToDouble(Series::ys));
        String names = series.stream().map(Series::name).collect(Collectors.joining(", "));
        StringBuilder html = new StringBuilder(
                """
                <figure><figcaption id="c%1$d">%2$s <small>%3$s</small></figcaption>
                <svg class="chart" viewBox="0 0 %4$.0f %5$.0f" role="img" aria-labelledby="c%1$d d%1$d"><desc id="d%1$d">%6$s: %7$s</desc>
                """.formatted(number, escaped(title), escaped(unit), WIDTH, HEIGHT, escaped(across), escaped(names)));
        if (shadedUntil > 0) {
            html.append(format(
                    "<rect class=\"warm\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/><text class=\"warm\" x=\"%.1f\""
                            + " y=\"%.1f\">warm-up</text>%n",
                    LEFT, TOP, px(x, shadedUntil) - LEFT, HEIGHT - BOTTOM - TOP, LEFT + 4, TOP + 12));
        }
        y.ticks()
                .forEach(tick -> html.append(format(
                        "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/><text class=\"y\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                        LEFT, py(y, tick.value()), WIDTH - RIGHT, LEFT - 6, py(y, tick.value()) + 4, tick.label())));
        x.ticks()
                .forEach(tick -> html.append(format(
                        "<path class=\"tick\" d=\"M%1$.1f %2$.1fv5\"/><text class=\"x\" x=\"%1$.1f\" y=\"%3$.1f\">%4$s</text>%n",
                        px(x, tick.value()), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 18, tick.label())));
        html.append(format(
                "<text class=\"x\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5, escaped(across)));
        series.forEach(line -> html.append(format(
                "<path class=\"line k%d%s\" d=\"%s\"><title>%s</title></path>%n",
                line.color(), line.dashed() ? " dashed" : "", path(line, x, y), escaped(line.name()))));
        html.append("</svg>\n<ul class=\"legend\">");
        series.forEach(line -> html.append(format(
                "<li><svg viewBox=\"0 0 26 8\" aria-hidden=\"true\"><path class=\"line k%d%s\" d=\"M1 4H25\"/></svg>%s</li>",
                line.color(), line.dashed() ? " dashed" : "", escaped(line.name()))));
        return html.append("</ul></figure>\n").toString();
    }

    private static String path(Series line, Scale x, Scale y) {
        StringBuilder path = new StringBuilder();
        boolean isDrawing = false;
        for (Series.Point point : line.points()) {
            boolean isFigure = Double.isFinite(point.y());
            if (isFigure) {
                path.append(isDrawing ? 'L' : 'M').append(format("%.1f %.1f", px(x, point.x()), py(y, point.y())));
            }
            isDrawing = isFigure;
        }
        return path.toString();
    }

    private static double px(Scale x, double value) {
        return LEFT + x.at(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double py(Scale y, double value) {
        return HEIGHT - BOTTOM - y.at(value) * (HEIGHT - BOTTOM - TOP);
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
