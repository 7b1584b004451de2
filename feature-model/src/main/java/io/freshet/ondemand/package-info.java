/**
 * Features that are computed from others when they are read, by lookups and training sets alike.
 */
@NullMarked
package io.freshet.ondemand;

import org.jspecify.annotations.NullMarked;
