/** Whether the contenders give right values. */
@NullMarked
package io.freshet.benchmark.streaming;

import org.jspecify.annotations.NullMarked;
