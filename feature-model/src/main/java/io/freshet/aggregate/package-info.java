/** The semantic kernel: tiles, how events enter them and what value they have as of a time. */
@NullMarked
package io.freshet.aggregate;

import org.jspecify.annotations.NullMarked;
