/** Errors that name the value, the reason and the remedy, all of them at once. */
@NullMarked
package io.freshet.error;

import org.jspecify.annotations.NullMarked;
