/** The program with all commands of the project. */
@NullMarked
package io.clinicalstreams.application;

import org.jspecify.annotations.NullMarked;
