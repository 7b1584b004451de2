/** A view's feature log as a Delta table, written with Delta Kernel. */
@NullMarked
package io.freshet.streaming.log.delta;

import org.jspecify.annotations.NullMarked;
