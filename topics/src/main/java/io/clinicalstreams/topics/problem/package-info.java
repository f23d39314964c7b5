/** Problems of a file, collected with file and path so that its author sees all of them at once. */
@NullMarked
package io.clinicalstreams.topics.problem;

import org.jspecify.annotations.NullMarked;
