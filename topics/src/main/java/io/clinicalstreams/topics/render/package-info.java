/** What settings take effect for a topic or one of its clients, and which file says so: {@code topics render}. */
@NullMarked
package io.clinicalstreams.topics.render;

import org.jspecify.annotations.NullMarked;
