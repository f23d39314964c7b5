package io.clinicalstreams.pipeline.fhir.structure;

import io.clinicalstreams.topics.wire.R4Structures;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Whether a narrative is a well-formed XHTML {@code div}, as R4 requires and HAPI's parser demands: elements, text,
 * comments, and HTML's named characters. No declarations, processing instructions, CDATA or scripts.
 */
final class Narratives {

    private static final String XHTML = "http://www.w3.org/1999/xhtml";

    /** Elements in each other; HAPI's parser is recursive. Official examples have at most a dozen. */
    private static final int NESTING = 100;

    /** The parser checks that they end. What is inside is no markup. */
    private static final Pattern COMMENT = Pattern.compile("<!--.*?(?:-->|\\z)", Pattern.DOTALL);

    /** What XML allows in markup and XHTML, or HAPI's parser, does not. */
    private static final Pattern REFUSED = Pattern.compile("<[!](?!--)|<[?]|</[^<>\\s]*\\s|<script[\\s/>]");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    private static final Pattern ENTITY = Pattern.compile("&([A-Za-z][A-Za-z0-9]*);");

    /** Allowed where an entity is, in text and in attributes, and nowhere else. */
    private static final String ANY_CHARACTER = "&#160;";

    private static final Set<String> ENTITIES =
            Set.copyOf(R4Structures.valueSets().getOrDefault(R4Structures.HTML_ENTITIES, List.of()));

    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

    Narratives() {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    }

    boolean isValid(String text) {
        String markup = COMMENT.matcher(text).replaceAll("");
        if (REFUSED.matcher(markup).find() || ENTITY.matcher(markup).results().anyMatch(Narratives::isUnknown)) {
            return false;
        }
        try {
            // XML's parser knows HTML's characters only by number.
            XMLStreamReader reader = factory.createXMLStreamReader(
                    new StringReader(ENTITY.matcher(text).replaceAll(ANY_CHARACTER)));
            try {
                return isValid(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException notWellFormed) {
            return false;
        }
    }

    private static boolean isUnknown(MatchResult entity) {
        return !ENTITIES.contains(entity.group(1));
    }

    private static boolean isValid(XMLStreamReader reader) throws XMLStreamException {
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    boolean isRoot = depth == 0;
                    if (++depth > NESTING
                            || !isElement(reader)
                            || (isRoot && !reader.getLocalName().equals("div"))) {
                        return false;
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.ENTITY_REFERENCE -> {
                    return false; // HTML has no such name.
                }
                default -> {
                    // Text, comments, whitespace, the end.
                }
            }
        }
        return true;
    }

    /** In XHTML's namespace, without a prefix, with attributes that have plain names. */
    private static boolean isElement(XMLStreamReader reader) {
        if (!XHTML.equals(reader.getNamespaceURI()) || !reader.getPrefix().isEmpty()) {
            return false;
        }
        boolean plain = NAME.matcher(reader.getLocalName()).matches();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            plain &= (prefix == null || prefix.isEmpty() || prefix.equals("xml"))
                    && NAME.matcher(reader.getAttributeLocalName(i)).matches();
        }
        return plain;
    }
}
