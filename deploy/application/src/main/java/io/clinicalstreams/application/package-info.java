/** The one program with every command of the project. */
@NullMarked
package io.clinicalstreams.application;

import org.jspecify.annotations.NullMarked;
