/** Whether the benchmark compares like with like. */
@NullMarked
package io.freshet.benchmark;

import org.jspecify.annotations.NullMarked;
