/** Where tables that others write may be read. */
@NullMarked
package io.freshet.platform.tables;

import org.jspecify.annotations.NullMarked;
