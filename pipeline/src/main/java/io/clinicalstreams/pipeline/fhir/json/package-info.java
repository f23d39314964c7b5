/**
 * Reads JSON bytes without creating objects. {@code Utf8} checks the whole value, {@code JsonLexer} finds the end of a
 * token, {@code JsonWalk} follows the structure and enforces the limits, {@code JsonCursor} reads values of the
 * expected type. A value is a {@code Span} of the bytes until {@code Text} or {@code Decimals} converts it to an
 * object.
 *
 * <h2>Looks wrong, is right</h2>
 *
 * <ul>
 *   <li><b>A JSON reader of our own, not Jackson's.</b> Jackson's streaming parser takes 0.95 to 1.3 us only to skip
 *       the tokens of an 831-byte Observation, and 4 us in a program where the JIT compiled it less well.
 *       {@code JsonWalk} takes 1.0 us, which includes checking for duplicate names and for numbers and lengths out of
 *       range, and finding the position of each value; reading everything takes 1.6 us ({@code ReaderBenchmark} prints
 *       both). As important, each kind of failure has its own reason without parsing an exception's text, which would
 *       quote the input; there is no UTF-16 detection, and no symbol table that hostile names could fill. Tests compare
 *       its verdicts with Jackson's on mutated JSON.
 *   <li><b>Problems are recorded, not thrown.</b> The cursor moves to the end of its bytes, which terminates every
 *       loop.
 * </ul>
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir.json;

import org.jspecify.annotations.NullMarked;
