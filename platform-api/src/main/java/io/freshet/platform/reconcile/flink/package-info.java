/** The REST interface of a Flink session cluster, as far as the control plane needs it. */
@NullMarked
package io.freshet.platform.reconcile.flink;

import org.jspecify.annotations.NullMarked;
