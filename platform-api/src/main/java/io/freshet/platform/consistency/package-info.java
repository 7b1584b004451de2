/** Consistency checks: asked for by users or regularly, and their results as metrics. */
@NullMarked
package io.freshet.platform.consistency;

import org.jspecify.annotations.NullMarked;
