/** Value types, columns, and the canonical binary forms of rows and entity keys. */
@NullMarked
package io.freshet.value;

import org.jspecify.annotations.NullMarked;
