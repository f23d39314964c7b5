/** The images, started. */
@NullMarked
package io.clinicalstreams.image;

import org.jspecify.annotations.NullMarked;
