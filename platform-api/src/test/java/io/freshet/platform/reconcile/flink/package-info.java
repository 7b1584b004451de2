/** Tests of the REST client against a real session cluster. */
@NullMarked
package io.freshet.platform.reconcile.flink;

import org.jspecify.annotations.NullMarked;
