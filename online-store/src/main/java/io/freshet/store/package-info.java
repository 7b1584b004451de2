/**
 * The online store: rows of features by entity key, written by engines as guarded upserts, read by
 * lookups.
 */
@NullMarked
package io.freshet.store;

import org.jspecify.annotations.NullMarked;
