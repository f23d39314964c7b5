/** The settings in effect for a topic or one of its clients, and the file that sets each: {@code topics render}. */
@NullMarked
package io.clinicalstreams.topics.render;

import org.jspecify.annotations.NullMarked;
