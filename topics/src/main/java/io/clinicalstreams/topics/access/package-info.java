/** Who may do what on a cluster: access rules of least privilege, derived from catalogue and lanes. */
@NullMarked
package io.clinicalstreams.topics.access;

import org.jspecify.annotations.NullMarked;
