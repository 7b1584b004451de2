/** The binary forms of rows and keys. */
@NullMarked
package io.freshet.value;

import org.jspecify.annotations.NullMarked;
