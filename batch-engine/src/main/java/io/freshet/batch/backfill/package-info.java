/**
 * Backfills: the rows that a view would have had at past ticks, chunk by chunk, in its feature log.
 */
@NullMarked
package io.freshet.batch.backfill;

import org.jspecify.annotations.NullMarked;
