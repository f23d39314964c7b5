package io.clinicalstreams.pipeline.fhir.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatedValuesTest {

    private static final String CODE =
            "{'coding':[{'system':'http://loinc.org','code':'2823-3','display':'Potassium in Serum or Plasma'}]}";

    private final JsonCursor cursor = new JsonCursor();
    private int reads;
    private boolean isGood = true;
    private final RepeatedValues<Integer> values = new RepeatedValues<>(this::skip);

    private int skip(JsonCursor at) {
        int from = at.position();
        at.skip();
        reads++;
        return at.end() - from;
    }

    @Test
    void aValueIsReadTwiceAndThenRecognized() {
        for (int i = 0; i < 5; i++) {
            assertThat(read(CODE)).isEqualTo(CODE.length());
            assertThat(cursor.problems().first()).isNull();
        }

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void aValueThatDiffersAnywhereIsRead() {
        IntStream.range(0, 3).forEach(i -> read(CODE));

        for (int at = 1; at < CODE.length() - 1; at++) {
            reads = 0;
            open("{'code':" + CODE.substring(0, at) + 'x' + CODE.substring(at + 1) + rest());
            assertThat(cursor.enterObject() && cursor.nextName()).isTrue();
            int unused = values.read(cursor);
            assertThat(reads).isEqualTo(CODE.charAt(at) == 'x' ? 0 : 1);
        }
    }

    @Test
    void aValueThatEndsEarlierIsUnreadable() {
        IntStream.range(0, 3).forEach(i -> read(CODE));
        byte[] text = text("{'code':" + CODE + rest());

        cursor.open(text, 0, 8 + CODE.length() - 1);
        assertThat(cursor.enterObject() && cursor.nextName()).isTrue();
        int unused = values.read(cursor);

        assertThat(cursor.problems().first()).isEqualTo(Reason.NOT_JSON);
    }

    /** What is allowed at one depth may be too deep at another. */
    @Test
    void aValueIsReadAgainAtAnotherDepth() {
        String deep = "[".repeat(150) + "]".repeat(150);
        for (int i = 0; i < 3; i++) {
            assertThat(readAt(1, deep)).isNull();
            assertThat(readAt(60, deep)).isEqualTo(Reason.NESTING_TOO_DEEP);
        }
    }

    /** Whatever has an effect beyond its own content. */
    @Test
    void referencesUrisAndProblemsAreFoundEachTime() {
        String reference = CODE.replace("'display'", "'reference'");
        String uri = CODE.replace("'display':'P", "'url':'urn:p");
        String problem = CODE.replace("'display'", "'code'");
        for (int i = 0; i < 4; i++) {
            read(reference);
            assertThat(cursor.references().size()).isOne();
            read(uri);
            assertThat(cursor.uris().size()).isOne();
            read(problem);
            assertThat(cursor.problems().first()).isEqualTo(Reason.DUPLICATE_KEY);
        }
    }

    /** Such as the check of every element. */
    @Test
    void aListenerIsToldOnceOfWhatItExpectsAndFoundGood() {
        assertThat(readsWith("the same", "the same", "the same")).isEqualTo(2);
        assertThat(readsWith("another", "the third")).isEqualTo(2);
        assertThat(readsWith(null, null)).isEqualTo(2);

        isGood = false;
        assertThat(readsWith("bad", "bad", "bad")).isEqualTo(3);
    }

    private int readsWith(@Nullable Object... expected) {
        int before = reads;
        for (@Nullable Object each : expected) {
            open("{'code':" + CODE + rest());
            cursor.tell(new Listener(each, isGood));
            assertThat(cursor.enterObject() && cursor.nextName()).isTrue();
            assertThat(values.read(cursor)).isEqualTo(CODE.length());
        }
        return reads - before;
    }

    @Test
    void manyDifferentValuesAreRecognizedOrRead() {
        for (int i = 0; i < 2_000; i++) {
            String code = CODE.replace("2823-3", "c" + i);
            for (int times = 0; times < 4; times++) {
                assertThat(read(code)).isEqualTo(code.length());
            }
        }

        assertThat(reads).isEqualTo(2 * 2_000);
    }

    /** Such as meta with a long profile first. */
    @Test
    void aValueThatBeginsTheSameAndAlwaysDiffersTakesNoRoomFromOthers() {
        IntStream.range(0, 3).forEach(i -> read(CODE));
        for (int i = 0; i < 2_000; i++) {
            read("{'profile':'" + "p".repeat(500) + i + "'}");
        }
        reads = 0;

        read(CODE);

        assertThat(reads).isZero();
    }

    /** As the value of a member, with another one after it. */
    private int read(String value) {
        open("{'code':" + value + rest());
        assertThat(cursor.enterObject() && cursor.nextName()).isTrue();
        int length = values.read(cursor);
        assertThat(cursor.nextName()).isTrue();
        cursor.skip();
        assertThat(cursor.nextName()).isFalse();
        cursor.finish();
        return length;
    }

    private @Nullable Reason readAt(int depth, String value) {
        open("[".repeat(depth) + value + "]".repeat(depth));
        for (int i = 0; i < depth; i++) {
            assertThat(cursor.enterArray() && cursor.nextElement()).isTrue();
        }
        int unused = values.read(cursor);
        return cursor.problems().first();
    }

    private static String rest() {
        return ",'text':'" + "a".repeat(100) + "'}";
    }

    private void open(String json) {
        byte[] text = text(json);
        cursor.open(text, 0, text.length);
    }

    private static byte[] text(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private record Listener(@Nullable Object expected, boolean isGood) implements TokenListener {

        @Override
        public boolean hasProblem() {
            return !isGood;
        }

        @Override
        public void name() {}

        @Override
        public void element() {}

        @Override
        public void open(boolean isObject) {}

        @Override
        public void close() {}

        @Override
        public void string(long span) {}

        @Override
        public void number(long span) {}

        @Override
        public void literal(boolean isBoolean) {}
    }
}
