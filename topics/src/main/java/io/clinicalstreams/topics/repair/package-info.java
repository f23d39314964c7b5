/** Transactions that no producer and no broker ends any more: how they are found and aborted. */
@NullMarked
package io.clinicalstreams.topics.repair;

import org.jspecify.annotations.NullMarked;
