package io.clinicalstreams.trial.backtest;

import io.clinicalstreams.topics.terminal.HtmlText;
import io.clinicalstreams.topics.terminal.Table;
import java.util.List;

/** A result as one HTML page that needs nothing else: its tables, the curve as SVG, and the differences alert by alert. */
record HtmlReport(BacktestResult result, String assumptions) {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int MARGIN = 50;
    private static final int TICKS = 4;
    private static final String GREY = "#444";
    private static final List<String> COLORS = List.of("#1f5fa8", "#b3541e", "#2e7d32", "#6a1b9a");

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Alert rules on recorded stays</title><style>
            body { font: 15px sans-serif; margin: 2em; max-width: 75em; color: #222 }
            table { border-collapse: collapse; margin: 1em 0 }
            td, th { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; white-space: pre-line }
            th { background: #f2f2f2 }
            svg text { font-size: 12px }
            </style></head><body>
            <h1>Alert rules on recorded stays</h1>
            <p>%s In brackets: 95 %% interval, %s bootstrap samples of stays. Not a medical device. The page contains patient ids.</p>
            """;

    String text() {
        StringBuilder page = new StringBuilder(HEAD.formatted(HtmlText.escaped(assumptions), Estimate.RESAMPLES));
        table("Overview", result.overview(), page);
        curve(page);
        table("By rule and severity", result.byRule(), page);
        List<Backtest> all = result.backtests();
        all.subList(1, all.size())
                .forEach(each ->
                        table(each.rules() + " against " + all.get(0).rules(), BacktestResult.differences(each), page));
        return page.append("</body></html>\n").toString();
    }

    private static void table(String title, Table table, StringBuilder page) {
        page.append("<h2>").append(HtmlText.escaped(title)).append("</h2>\n<table>\n");
        String tag = "th";
        for (List<String> row : table.rows()) {
            page.append("<tr>");
            for (String cell : row) {
                page.append("<%s>%s</%s>".formatted(tag, HtmlText.escaped(cell.replace("; ", "\n")), tag));
            }
            page.append("</tr>\n");
            tag = "td";
        }
        page.append("</table>\n");
    }

    private void curve(StringBuilder page) {
        double most = result.backtests().stream()
                .flatMap(each -> each.curve().stream())
                .mapToDouble(YieldCurve.Point::pagesPer100Days)
                .max()
                .orElse(0);
        if (most == 0) {
            return;
        }
        page.append(
                        "<h2>Alerts against sensitivity</h2>\n<p>Rules are added one by one: first those that foresee the most onsets")
                .append(" for each page. Point at a dot for its rule.</p>\n")
                .append("<svg width=\"%s\" height=\"%s\" role=\"img\">\n".formatted(WIDTH, HEIGHT));
        for (int tick = 0; tick <= TICKS; tick++) {
            double share = (double) tick / TICKS;
            page.append("<path d=\"M%s %sH%s\" stroke=\"#ddd\"/>".formatted(x(0), y(share), x(1)));
            text(8, y(share), decimal(100 * share) + " %", GREY, page);
            text(x(share), HEIGHT - MARGIN + 18.0, decimal(most * share), GREY, page);
        }
        text(8, 16, "sensitivity", GREY, page);
        text(MARGIN, HEIGHT - 8.0, "pages per 100 patient-days", GREY, page);
        for (int i = 0; i < result.backtests().size(); i++) {
            Backtest each = result.backtests().get(i);
            String color = COLORS.get(i % COLORS.size());
            line(each.curve(), color, most, page);
            text(WIDTH / 2.0, HEIGHT - MARGIN - 12 - 18.0 * i, each.rules(), color, page);
        }
        page.append("</svg>\n");
    }

    private static void line(List<YieldCurve.Point> curve, String color, double most, StringBuilder page) {
        StringBuilder path = new StringBuilder("M" + x(0) + ' ' + y(0));
        for (YieldCurve.Point point : curve) {
            double x = x(point.pagesPer100Days() / most);
            double y = y(point.sensitivity() / 100);
            path.append('L').append(x).append(' ').append(y);
            page.append("<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"%s\"><title>%s: %s pages, %s %%</title></circle>\n"
                    .formatted(
                            x,
                            y,
                            color,
                            HtmlText.escaped(point.rule()),
                            decimal(point.pagesPer100Days()),
                            decimal(point.sensitivity())));
        }
        page.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\"/>\n".formatted(path, color));
    }

    private static void text(double x, double y, String text, String color, StringBuilder page) {
        page.append("<text x=\"%s\" y=\"%s\" fill=\"%s\">%s</text>\n".formatted(x, y, color, HtmlText.escaped(text)));
    }

    private static double x(double share) {
        return MARGIN + share * (WIDTH - 2.0 * MARGIN);
    }

    private static double y(double share) {
        return HEIGHT - MARGIN - share * (HEIGHT - 2.0 * MARGIN);
    }

    private static String decimal(double number) {
        return BacktestResult.decimal(number);
    }
}
