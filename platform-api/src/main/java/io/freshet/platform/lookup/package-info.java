/** Feature values for models, with their status and freshness. */
@NullMarked
package io.freshet.platform.lookup;

import org.jspecify.annotations.NullMarked;
