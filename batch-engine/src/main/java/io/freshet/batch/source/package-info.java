/**
 * Where a run finds the events of its source: in the archive of a topic, or in a table that others
 * write.
 */
@NullMarked
package io.freshet.batch.source;

import org.jspecify.annotations.NullMarked;
