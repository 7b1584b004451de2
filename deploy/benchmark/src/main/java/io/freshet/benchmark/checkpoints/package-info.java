/** What exactly once, a checkpoint and a recovery cost. */
@NullMarked
package io.freshet.benchmark.checkpoints;

import org.jspecify.annotations.NullMarked;
