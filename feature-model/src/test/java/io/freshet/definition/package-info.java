/** How definitions are read, bound and written. */
@NullMarked
package io.freshet.definition;

import org.jspecify.annotations.NullMarked;
