package io.clinicalstreams.pipeline.fhir.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.clinicalstreams.topics.wire.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jackson is the oracle for well-formed JSON and duplicate names. */
class JsonCursorTest {

    private static final List<String> SEEDS = List.of(
            "{\"a\":[1,-2.50e+3,0.1E-2,true,false,null],\"b\":{\"c\":\"x\\u00e9\\n\\\"\",\"\":{}},\"d\":[[],[{}]]}",
            " { \"name\" : \"a text longer than eight bytes, \\\\ and more\" ,\r\n\t\"n\":[ 0 , -0 , 10.0e0 ] } ",
            "[{\"k\":1,\"l\":2},{\"k\":1,\"k1\":3},\"Größe 体温 🩺\",\"\",\"\\/\\b\\f\"]",
            "{\"system\":\"http://loinc.org\",\"code\":\"2823-3\",\"systen\":1,\"code \":2,\"cod\\u0065x\":3}");

    private static final String CHARACTERS = "{}[]\",:\\/0123456789.eE+-tfnulrabckx \t\n\u0001é";

    private final JsonCursor cursor = new JsonCursor();
    private final JsonFactory jackson = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxNumberLength(1_000_000)
                    .build())
            .build();

    @Test
    void mutatedTextsAreJsonIfJacksonAgrees() {
        Random random = new Random(42);
        int accepted = 0;
        int duplicates = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] text = mutated(random);
            Reason expected = judgeByJackson(text);
            Reason found = judge(text);
            assertThat(found).as(() -> new String(text, StandardCharsets.UTF_8)).isEqualTo(expected);
            accepted += expected == null ? 1 : 0;
            duplicates += expected == Reason.DUPLICATE_KEY ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(10_000);
        assertThat(duplicates).isGreaterThan(100);
    }

    private byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                case 2 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(12))));
            }
        }
        // A split surrogate pair is '?' in the bytes, which are always UTF-8.
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable Reason judge(byte[] text) {
        cursor.open(text, 0, text.length);
        cursor.skip();
        cursor.finish();
        Reason reason = cursor.problems().ofJson();
        return reason == Reason.NUMBER_OUT_OF_RANGE ? null : reason;
    }

    private @Nullable Reason judgeByJackson(byte[] text) {
        try (JsonParser parser = jackson.createParser(new String(text, StandardCharsets.UTF_8))) {
            if (parser.nextToken() == null) {
                return Reason.NOT_JSON;
            }
            boolean duplicate = hasDuplicate(parser);
            return parser.nextToken() != null ? Reason.NOT_JSON : duplicate ? Reason.DUPLICATE_KEY : null;
        } catch (IOException notJson) {
            return Reason.NOT_JSON;
        }
    }

    /** Skips the value at the parser's current token. */
    private static boolean hasDuplicate(JsonParser parser) throws IOException {
        boolean duplicate = false;
        boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
        if (!isObject && parser.currentToken() != JsonToken.START_ARRAY) {
            parser.getText();
            return false;
        }
        Set<String> names = new HashSet<>();
        JsonToken next = parser.nextToken();
        while (next != JsonToken.END_OBJECT && next != JsonToken.END_ARRAY) {
            if (isObject) {
                duplicate |= !names.add(parser.currentName());
                parser.nextToken();
            }
            duplicate |= hasDuplicate(parser);
            next = parser.nextToken();
        }
        return duplicate;
    }

    @Test
    void textsAreUnescapedAsJacksonDoes() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("\"");
            for (int k = random.nextInt(12); k > 0; k--) {
                text.append(List.of(
                                "a",
                                "\\n",
                                "\\t",
                                "\\\\",
                                "\\\"",
                                "\\/",
                                "é",
                                "\\u00E9",
                                "\\u4f53",
                                "🩺",
                                "plain text ",
                                "\\b\\f\\r")
                        .get(random.nextInt(12)));
            }
            byte[] bytes = text.append('"').toString().getBytes(StandardCharsets.UTF_8);
            cursor.open(bytes, 0, bytes.length);
            try (JsonParser parser = jackson.createParser(bytes)) {
                parser.nextToken();
                assertThat(Text.of(bytes, cursor.anyString())).isEqualTo(parser.getText());
            }
        }
    }

    @Test
    void everyNameThatIsReadIsKnownByItsBytesAlsoWhenEscaped() {
        for (Element element : Element.values()) {
            if (element == Element.OTHER) {
                continue;
            }
            String name = written(element);
            byte[] bytes = ("{\"" + name + "\":1,\"" + name + "x\":2,\"\\u"
                            + String.format(Locale.ROOT, "%04x", (int) name.charAt(0)) + name.substring(1) + "\":3}")
                    .getBytes(StandardCharsets.UTF_8);
            cursor.open(bytes, 0, bytes.length);
            assertThat(cursor.enterObject()).isTrue();
            assertThat(next()).isEqualTo(element);
            assertThat(next()).isEqualTo(Element.OTHER);
            assertThat(next()).isEqualTo(element);
            assertThat(cursor.nextName()).isFalse();
        }
    }

    private Element next() {
        assertThat(cursor.nextName()).isTrue();
        Element element = cursor.element();
        cursor.skip();
        return element;
    }

    private static String written(Element element) {
        StringBuilder name = new StringBuilder();
        String words = element.name()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("(.+)_extensions", "$1")
                .replace("link_other", "other");
        for (String word : words.split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        boolean isSibling = element.name().endsWith("_EXTENSIONS");
        return (isSibling ? "_" : "") + name.toString().replace("Base64binary", "Base64Binary");
    }
}
