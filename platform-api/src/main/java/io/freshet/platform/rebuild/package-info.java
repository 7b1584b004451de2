/** Fills an online store again that has lost its data, by itself and on command. */
@NullMarked
package io.freshet.platform.rebuild;

import org.jspecify.annotations.NullMarked;
