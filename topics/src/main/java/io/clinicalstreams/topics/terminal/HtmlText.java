package io.clinicalstreams.topics.terminal;

/** Text in an HTML page, of whatever origin. */
public final class HtmlText {

    private HtmlText() {}

    /** Safe as an element's content and as an attribute's value in double quotes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
