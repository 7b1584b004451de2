/** Plans: definitions bound to their source's schema, as the data that engines are driven by. */
@NullMarked
package io.freshet.plan;

import org.jspecify.annotations.NullMarked;
