/** What is wrong with a file, collected with file and path so that its author sees every problem at once. */
@NullMarked
package io.clinicalstreams.topics.problem;

import org.jspecify.annotations.NullMarked;
