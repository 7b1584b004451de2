/** When what happened is to be seen in the online store, as a rule that holds for any past time. */
@NullMarked
package io.freshet.serving;

import org.jspecify.annotations.NullMarked;
