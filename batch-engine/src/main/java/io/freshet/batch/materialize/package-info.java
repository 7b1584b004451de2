/**
 * From the archive to rows: tiles by key and day, values as of the tick, online store and feature
 * log.
 */
@NullMarked
package io.freshet.batch.materialize;

import org.jspecify.annotations.NullMarked;
