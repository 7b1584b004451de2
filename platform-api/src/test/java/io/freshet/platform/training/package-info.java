/** Training sets from the request to the result of a run that is scripted. */
@NullMarked
package io.freshet.platform.training;

import org.jspecify.annotations.NullMarked;
