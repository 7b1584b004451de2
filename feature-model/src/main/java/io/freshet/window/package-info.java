/** Sawtooth windows and the ladder of hops that their tails are rounded to. */
@NullMarked
package io.freshet.window;

import org.jspecify.annotations.NullMarked;
