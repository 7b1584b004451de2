/** The tiles of every key of every live view: events enter, windows decay, rows come out. */
@NullMarked
package io.freshet.streaming.aggregation;

import org.jspecify.annotations.NullMarked;
