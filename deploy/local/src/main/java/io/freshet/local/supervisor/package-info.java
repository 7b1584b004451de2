/**
 * Keeps the platform's processes: starts, watches, restarts and ends them, and leaves none behind.
 */
@NullMarked
package io.freshet.local.supervisor;

import org.jspecify.annotations.NullMarked;
