/** The laws of the semantic kernel. */
@NullMarked
package io.freshet.aggregate;

import org.jspecify.annotations.NullMarked;
