/** The choice of a tier for a view, as a pure function with reasons. */
@NullMarked
package io.freshet.platform.routing;

import org.jspecify.annotations.NullMarked;
