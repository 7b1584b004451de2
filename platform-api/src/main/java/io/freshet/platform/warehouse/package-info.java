/** Where both engines keep their Delta tables. */
@NullMarked
package io.freshet.platform.warehouse;

import org.jspecify.annotations.NullMarked;
