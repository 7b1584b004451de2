/** Tests of reconciliation with a real database, Kafka and session cluster. */
@NullMarked
package io.freshet.platform.reconcile;

import org.jspecify.annotations.NullMarked;
