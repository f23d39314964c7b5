/**
 * Reads JSON bytes without making objects of them. {@code Utf8} checks the whole value, {@code JsonLexer} finds where a
 * token ends, {@code JsonWalk} walks the structure and enforces the bounds, {@code JsonCursor} reads values of the expected
 * type. A value that was read is a {@code Span} of the bytes until a {@code Text} or a {@code Decimals} makes it an object.
 *
 * <h2>Looks wrong, is right</h2>
 *
 * <ul>
 *   <li><b>A JSON reader of our own, not Jackson's.</b> Stepping over the tokens of an 831-byte Observation, and nothing
 *       else, costs Jackson's streaming parser 0.95 to 1.3 us here, and 4 us in a program where the JIT compiled it worse.
 *       The walk here costs 1.0 us and has then also looked for duplicate names, numbers and lengths out of bounds, and
 *       where each value stands; the whole reading costs 1.6 us ({@code ReaderBenchmark} prints both). As important: each
 *       way to fail has its own reason without looking at an exception's text, which would quote the input; there is no
 *       guess at UTF-16, and no symbol table that hostile names could fill. Tests hold it to Jackson's verdict on mutated
 *       JSON.
 *   <li><b>Problems are remembered, not thrown.</b> The cursor goes to the end of its bytes and every loop over it ends.
 * </ul>
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir.json;

import org.jspecify.annotations.NullMarked;
