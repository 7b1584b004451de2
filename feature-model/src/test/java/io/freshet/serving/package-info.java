/** The rule of serving, from both its sides. */
@NullMarked
package io.freshet.serving;

import org.jspecify.annotations.NullMarked;
