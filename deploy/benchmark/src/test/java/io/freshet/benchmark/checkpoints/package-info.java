/** Whether the states that are compared survive. */
@NullMarked
package io.freshet.benchmark.checkpoints;

import org.jspecify.annotations.NullMarked;
