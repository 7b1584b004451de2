/** Runs the batch engine at the ticks of the tiers. */
@NullMarked
package io.freshet.platform.schedule;

import org.jspecify.annotations.NullMarked;
