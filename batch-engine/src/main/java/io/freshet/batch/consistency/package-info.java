/**
 * Checks the online store: a sample of what it serves is computed again from the source's events
 * and compared, for views of both engines.
 */
@NullMarked
package io.freshet.batch.consistency;

import org.jspecify.annotations.NullMarked;
