/** Backfills: what users ask for, resolved and checked, as runs of the batch engine. */
@NullMarked
package io.freshet.platform.backfill;

import org.jspecify.annotations.NullMarked;
