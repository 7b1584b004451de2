/** The launcher of the local platform; {@link io.freshet.local.Freshet} is its entry. */
@NullMarked
package io.freshet.local;

import org.jspecify.annotations.NullMarked;
