/** The streaming engine: the shared Flink job of an event source. */
@NullMarked
package io.freshet.streaming;

import org.jspecify.annotations.NullMarked;
