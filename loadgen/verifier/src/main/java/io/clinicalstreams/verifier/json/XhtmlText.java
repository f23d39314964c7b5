package io.clinicalstreams.verifier.json;

import io.clinicalstreams.topics.wire.R4Structures;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** A resource's narrative, by the JDK's DOM parser. */
public final class XhtmlText {

    private static final Set<String> ENTITIES =
            Set.copyOf(R4Structures.valueSets().getOrDefault(R4Structures.HTML_ENTITIES, List.of()));
    private static final Pattern COMMENT = Pattern.compile("<!--.*?(?:-->|\\z)", Pattern.DOTALL);
    private static final Pattern ENTITY = Pattern.compile("&([A-Za-z][A-Za-z0-9]*);");

    /** Well-formed, and still refused by some readers: declarations, prefixes, scripts, deep trees, non-ASCII names. */
    private static final Pattern UNUSUAL = Pattern.compile(
            "<[!?]|</[^<>\\s]*\\s|<script|<[^<>\\s]*:|xmlns[^>]*xmlns|<[^<>]*[^\\x00-\\x7F]|\\s[A-Za-z]+:[A-Za-z]+=");

    private static final int MANY_TAGS = 150;

    private XhtmlText() {}

    public static boolean isUnusual(String text) {
        return UNUSUAL.matcher(withoutComments(text)).find()
                || text.chars().filter(c -> c == '<').count() > MANY_TAGS;
    }

    /** Whether it is a well-formed {@code div} of XHTML whose named characters are HTML's. */
    public static boolean isXhtml(String text) {
        Matcher entities = ENTITY.matcher(withoutComments(text));
        while (entities.find()) {
            if (!ENTITIES.contains(entities.group(1))) {
                return false;
            }
        }
        try {
            Element root = parser().parse(new InputSource(
                            new StringReader(ENTITY.matcher(text).replaceAll("&#32;"))))
                    .getDocumentElement();
            return "div".equals(root.getLocalName()) && "http://www.w3.org/1999/xhtml".equals(root.getNamespaceURI());
        } catch (SAXException notWellFormed) {
            return false;
        } catch (IOException | ParserConfigurationException impossible) {
            throw new IllegalStateException("a text cannot be parsed as XML", impossible);
        }
    }

    private static String withoutComments(String text) {
        return COMMENT.matcher(text).replaceAll("");
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder parser = factory.newDocumentBuilder();
        // The default handler prints the input.
        parser.setErrorHandler(new DefaultHandler() {
            @Override
            public void fatalError(SAXParseException broken) throws SAXException {
                throw broken;
            }
        });
        return parser;
    }
}
